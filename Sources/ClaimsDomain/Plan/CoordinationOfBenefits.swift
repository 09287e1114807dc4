/// How much a plan pays of a service after the payers before it (the methods of NAIC Model Regulation 120, and those
/// that self-funded plans choose).
package enum CoordinationOfBenefits: String, Sendable, Codable, CaseIterable {
  /// Its own benefit, up to what the payers before left to the member.
  case standard
  /// Its own benefit, up to what they left of its own allowed amount.
  case basic
  /// Its own benefit less what they paid.
  case carveOut = "carve-out"

  /// - Parameters:
  ///   - benefit: What the plan would pay if it paid first.
  ///   - allowed: What the plan allows.
  /// - Throws: `MoneyError.overflow`.
  func payment(of benefit: Money, allowed: Money, after prior: PriorPayment) throws(MoneyError) -> Money {
    let most =
      switch self {
      case .standard: prior.memberOwes
      case .basic: try allowed - prior.paid
      case .carveOut: try benefit - prior.paid
      }
    return min(benefit, max(.zero, most))
  }
}
