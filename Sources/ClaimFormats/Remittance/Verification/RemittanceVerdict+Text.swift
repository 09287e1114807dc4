import ClaimsDomain

extension RemittanceVerdict {
  /// For people: a line for the transaction, and one more for each finding.
  package func text(file: String) -> String {
    let paid = payment.map { "payment \($0.dollars)" } ?? "payment unknown"
    let head = [
      "transaction \((control ?? "(none)").displayed)", "check \((trace ?? "(none)").displayed)",
      "\(claims) \(claims == 1 ? "claim" : "claims")", paid,
    ]
    var lines = ["\(file): \(head.joined(separator: ", ")): \(isBalanced ? "balanced" : "NOT BALANCED")"]
    lines += findings.map { "  \($0)" }
    if findingsLeftOff > 0 { lines.append("  and \(findingsLeftOff) more") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RemittanceFinding: CustomStringConvertible {
  package var description: String { "\(place): \(what) (\(location))" }

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

  /// Nil for a difference, which says all by its figures.
  var reason: String? { sum == nil ? what : nil }
}
