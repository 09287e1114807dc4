/// How much a plan pays for a service after earlier payers (the methods of NAIC Model Regulation 120, and those that
/// self-funded plans choose).
package enum CoordinationOfBenefits: String, Sendable, Codable, CaseIterable {
  /// The plan's own benefit, up to what the earlier payers left to the member.
  case standard
  /// The plan's own benefit, up to what they left of its own allowed amount.
  case basic
  /// The plan's own benefit minus what they paid.
  case carveOut = "carve-out"
  /// The lowest of the three amounts of 42 CFR 411.33.
  case medicareSecondary = "medicare-secondary"

  /// - Parameters:
  ///   - benefit: What the plan would pay if it paid first.
  ///   - allowed: What the plan allows.
  ///   - charge: The line's charge.
  /// - Throws: `MoneyError.overflow`.
  func payment(
    of benefit: Money, allowed: Money, charge: Money, after prior: PriorPayment
  ) throws(MoneyError) -> Money {
    let most =
      switch self {
      case .standard: prior.memberOwes
      case .basic: try allowed - prior.paid
      case .carveOut: try benefit - prior.paid
      case .medicareSecondary:
        // If the provider must accept less than the charge, that amount replaces the charge. What the primary payer
        // allows is what it paid plus what it left to the patient.
        try MedicareSecondaryPayment(
          charge: min(charge, prior.acceptedInFull ?? charge), primaryAllowed: prior.paid + prior.memberOwes,
          primaryPaid: prior.paid, fee: allowed,
          paymentAsPrimary: benefit
        ).amount
      }
    // All payers together never pay more than the charge.
    return min(benefit, max(.zero, min(most, try charge - prior.paid)))
  }

  /// The most that the member can owe. With Medicare as secondary payer, this is the amount by which its deductible and
  /// coinsurance exceed what the primary payer paid (42 CFR 411.35(c)(2)).
  ///
  /// - Parameters:
  ///   - share: What the member would owe if the plan paid first.
  ///   - paid: What the plan pays.
  /// - Throws: `MoneyError.overflow`.
  func memberOwes(of share: Money, paid: Money, after prior: PriorPayment) throws(MoneyError) -> Money {
    let left = max(.zero, try prior.memberOwes - paid)
    guard self == .medicareSecondary else { return min(share, left) }
    return min(left, max(.zero, try share - prior.paid))
  }

  /// The rule named in explanations.
  var rule: RuleID {
    switch self {
    case .standard: .coordinationStandard
    case .basic: .coordinationBasic
    case .carveOut: .coordinationCarveOut
    case .medicareSecondary: .coordinationMedicareSecondary
    }
  }
}

/// What the earlier payers decided about one line.
struct PriorPayment: Hashable {
  /// What all of them paid together.
  let paid: Money
  /// What the last of them left to the member (its PR).
  let memberOwes: Money
  /// The amount that the provider must accept as payment in full; nil when the claim does not say.
  var acceptedInFull: Money?
}
