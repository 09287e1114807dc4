package import ClaimsDomain

/// One thing that does not add up in a remittance, or cannot be added up. Names a claim by its number only, since the
/// names of patients are nobody's business here.
package struct RemittanceFinding: Hashable, Sendable {
  package enum Level: String, Sendable, CaseIterable { case line, claim, check }

  package enum Fault: Hashable, Sendable {
    /// The sum that does not hold.
    case imbalance(RemittanceDifference)
    /// An amount is missing or is none.
    case unreadable(String)
    /// Beyond what 64 bits hold.
    case tooLarge
  }

  package var level: Level
  /// Position of the claim in its transaction, from 1.
  package var claim: Int?
  /// CLP01 as sent.
  package var claimNumber: String?
  /// Position of the line in its claim, from 1.
  package var line: Int?
  package var location: SourceLocation
  package var fault: Fault

  /// The difference, where there is one.
  package var sum: RemittanceDifference? {
    if case .imbalance(let sum) = fault { sum } else { nil }
  }
}

extension RemittanceFinding.Level {
  /// The rule that every remittance keeps on this level (TR3 005010X221A1, 1.10.2.1).
  package var rule: String {
    switch self {
    case .line: "SVC02 - CAS = SVC03"
    case .claim: "CLP03 - CAS = CLP04"
    case .check: "CLP04 - PLB = BPR02"
    }
  }
}
