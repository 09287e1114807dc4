/// A line's payment and the member's share after other payers. What neither we pay nor the member owes of the allowed
/// amount is the impact of their decisions: OA-23.
struct CoordinatedBenefit {
  let paid: Money
  let memberOwes: Money
  let impact: Adjustment

  /// The member never owes more than alone under this plan, nor more than the payers before left less what we pay.
  ///
  /// - Parameters:
  ///   - benefit: What the plan would pay if it paid first; with `share` it is the allowed amount.
  ///   - share: What the member would owe.
  ///   - charge: The line's.
  /// - Throws: `MoneyError.overflow`.
  init(
    _ method: CoordinationOfBenefits, benefit: Money, share: Money, charge: Money, after prior: PriorPayment
  ) throws(MoneyError) {
    let allowed = try benefit + share
    paid = try method.payment(of: benefit, allowed: allowed, charge: charge, after: prior)
    memberOwes = min(share, max(.zero, try prior.memberOwes - paid))
    impact = Adjustment(
      .other, "23", amount: try allowed - paid - memberOwes,
      by: RuleExplanation(
        method.rule,
        [
          RuleInput("plan alone would pay", benefit), RuleInput("other payers paid", prior.paid),
          RuleInput("they left to the member", prior.memberOwes),
        ]))
  }
}
