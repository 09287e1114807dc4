package import ClaimsDomain

/// An amount in a remittance that does not add up or cannot be added up. A finding names a claim only by its number,
/// because patients' names do not belong here.
package struct RemittanceFinding: Hashable, Sendable {
  package enum Level: String, Sendable, CaseIterable { case line, claim, check }

  package enum Fault: Hashable, Sendable {
    /// A sum that does not balance.
    case imbalance(RemittanceDifference)
    /// An amount is missing or invalid.
    case unreadable(String)
    /// The amounts exceed 64 bits.
    case tooLarge
  }

  package var level: Level
  /// The position of the claim in its transaction, from 1.
  package var claim: Int?
  /// CLP01 as sent.
  package var claimNumber: String?
  /// The position of the line in its claim, from 1.
  package var line: Int?
  package var location: SourceLocation
  package var fault: Fault

  /// The difference, if the fault is an imbalance.
  package var sum: RemittanceDifference? {
    if case .imbalance(let sum) = fault { sum } else { nil }
  }
}

extension RemittanceFinding.Level {
  /// The rule that every remittance satisfies at this level (TR3 005010X221A1, 1.10.2.1).
  package var rule: String {
    switch self {
    case .line: "SVC02 - CAS = SVC03"
    case .claim: "CLP03 - CAS = CLP04"
    case .check: "CLP04 - PLB = BPR02"
    }
  }
}

extension RemittanceFinding: CustomStringConvertible {
  package var description: String { "\(sentence) (\(location))" }

  /// What is wrong, and with which claim and line, without the place in the file.
  package var sentence: String { "\(place): \(what)" }

  private var place: String {
    guard let claim else { return level.rawValue }
    let named = "claim \(claim), number \((claimNumber ?? "(none)").displayed)"
    return line.map { "\(named), line \($0)" } ?? named
  }

  private var what: String {
    switch fault {
    case .imbalance(let sum):
      "\(level.rule): expected \(sum.expected), found \(sum.found), difference \(sum.difference)"
    case .unreadable(let reason): reason
    case .tooLarge: "the amounts are too large to be added up"
    }
  }

  /// The reason in words; nil for an imbalance, which its amounts explain.
  var reason: String? { sum == nil ? what : nil }
}
