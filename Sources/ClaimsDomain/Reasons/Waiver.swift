/// Something that a person has set aside for one claim.
package enum Waiver: Hashable, Sendable, Codable, RawRepresentable {
  case rule(RuleID)
  /// A reason to wait for a person.
  case wait(SuspenseReason)
  /// The claim that the provider asks to replace or void is left alone.
  case priorClaim

  private static let priorClaimText = "prior-claim"

  /// The waivers that a person can request by name.
  package static let choices: [Waiver] =
    RuleID.allCases.filter(\.isWaivable).map(Waiver.rule)
    + SuspenseReason.allCases.filter(\.isWaivable).map(Waiver.wait)

  /// The waiver's text, such as `timely-filing` or `near-duplicate`.
  package var rawValue: String {
    switch self {
    case .rule(let rule): rule.rawValue
    case .wait(let reason): reason.rawValue
    case .priorClaim: Self.priorClaimText
    }
  }

  package init?(rawValue: String) {
    if let rule = RuleID(rawValue: rawValue) {
      self = .rule(rule)
    } else if let reason = SuspenseReason(rawValue: rawValue) {
      self = .wait(reason)
    } else if rawValue == Self.priorClaimText {
      self = .priorClaim
    } else {
      return nil
    }
  }
}

extension Waiver: Comparable {
  package static func < (left: Waiver, right: Waiver) -> Bool { left.rawValue < right.rawValue }
}
