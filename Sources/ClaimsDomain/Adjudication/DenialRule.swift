/// A rule that says of a line whether, and why, it is not paid.
protocol DenialRule {
  func denial(of line: CoveredLine) -> Denial?
}

extension Array where Element == Passage<CoveredLine> {
  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func denied(where rule: some DenialRule) throws(AdjudicationFailure) -> [Passage<CoveredLine>] {
    try onward { line throws(AdjudicationFailure) in
      guard let denial = rule.denial(of: line), !line.waived.contains(.rule(denial.explanation.rule)) else {
        return .open(line)
      }
      return try .denying(line.line, for: denial)
    }
  }
}
