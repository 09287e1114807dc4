/// A line's payment and the member's share after other payers. What the payers before us paid and adjusted is reported
/// as the impact of their decisions, OA-23 (RFI 1696, 2143, 2535). Of the amount they left to the patient, the part
/// that neither we pay nor the member owes is written off by our contract, up to our write-off.
struct CoordinatedBenefit {
  let paid: Money
  let memberOwes: Money
  let impact: Adjustment
  /// The part of our write-off that the payers before us had already written off.
  let alreadyWrittenOff: Money

  /// The member never owes more than under this plan alone, nor more than what the previous payers left minus what we
  /// pay.
  ///
  /// - Parameters:
  ///   - benefit: What the plan would pay if it paid first; `benefit` and `share` add up to the allowed amount.
  ///   - share: What the member would owe if the plan paid first.
  ///   - charge: The line's charge.
  ///   - writtenOff: What our rules took from the charge; nil for a provider without a contract, who writes off
  ///     nothing.
  /// - Throws: `MoneyError.overflow`.
  init(
    _ method: CoordinationOfBenefits, benefit: Money, share: Money, charge: Money, writtenOff: Money?,
    after prior: PriorPayment
  ) throws(MoneyError) {
    let allowed = try benefit + share
    paid = try method.payment(of: benefit, allowed: allowed, charge: charge, after: prior)
    memberOwes = try method.memberOwes(of: share, paid: paid, after: prior)
    let kept: Money
    if let writtenOff {
      kept = min(writtenOff, max(.zero, try prior.memberOwes - paid - memberOwes))
      alreadyWrittenOff = try writtenOff - kept
    } else {
      alreadyWrittenOff = .zero
      kept = try charge - allowed
    }
    let accepted = [method == .medicareSecondary ? prior.acceptedInFull : nil].compactMap(\.self)
    impact = Adjustment(
      amount: try charge - kept - paid - memberOwes,
      by: RuleExplanation(
        method.rule,
        [
          RuleInput("plan alone would pay", benefit), RuleInput("other payers paid", prior.paid),
          RuleInput("they left to the member", prior.memberOwes),
        ] + accepted.map { RuleInput("accepted in full", $0) }))
  }
}
