/// How much a plan pays of a service after the payers before it (the methods of NAIC Model Regulation 120, and those
/// that self-funded plans choose).
package enum CoordinationOfBenefits: String, Sendable, Codable, CaseIterable {
  /// Its own benefit, up to what the payers before left to the member.
  case standard
  /// Its own benefit, up to what they left of its own allowed amount.
  case basic
  /// Its own benefit less what they paid.
  case carveOut = "carve-out"
  /// The lowest of the three amounts of 42 CFR 411.33.
  case medicareSecondary = "medicare-secondary"

  /// - Parameters:
  ///   - benefit: What the plan would pay if it paid first.
  ///   - allowed: What the plan allows.
  ///   - charge: What is asked for.
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
        // What the provider has to accept is the charge, where it is less. What the primary allows is what it paid and what it left to the patient.
        try MedicareSecondaryPayment(
          charge: min(charge, prior.acceptedInFull ?? charge), primaryAllowed: prior.paid + prior.memberOwes,
          primaryPaid: prior.paid, fee: allowed,
          paymentAsPrimary: benefit
        ).amount
      }
    // All payers together never pay more than is asked for.
    return min(benefit, max(.zero, min(most, try charge - prior.paid)))
  }

  /// The most the member may be asked for. After Medicare it is what its deductible and coinsurance are above what the primary
  /// paid (42 CFR 411.35(c)(2)).
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

  /// The rule that explanations name.
  var rule: RuleID {
    switch self {
    case .standard: .coordinationStandard
    case .basic: .coordinationBasic
    case .carveOut: .coordinationCarveOut
    case .medicareSecondary: .coordinationMedicareSecondary
    }
  }
}

/// What the payers before us made of one line.
struct PriorPayment: Hashable {
  /// All of them together.
  let paid: Money
  /// What the last of them left to the member (its PR).
  let memberOwes: Money
  /// What the provider has to accept as payment in full; nil where the claim does not say.
  var acceptedInFull: Money?
}
