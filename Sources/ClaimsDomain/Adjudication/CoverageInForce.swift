/// Checks whether the member was enrolled on the day of the service: PR-31 no such member, PR-26 not yet enrolled,
/// PR-27 no longer enrolled. The first day of a line counts: coverage at admission covers a stay that outlasts it.
struct CoverageInForce {
  let claim: SubmittedClaim
  let spans: [Coverage]
  let ruleset: Ruleset
  /// The other payers' payments, by line number.
  let prior: [Int: PriorPayment]

  /// - Throws: `AdjudicationFailure` when a line has no date or the ruleset lacks a plan.
  func check(_ lines: [ServiceLine]) throws(AdjudicationFailure) -> [LineProgress<CoveredLine>] {
    var known: [PlanID: PlanTerms] = [:]
    return try lines.map { line throws(AdjudicationFailure) in
      guard let days = claim.serviceDates(of: line) else { throw .undatedLine(line.number) }
      let day = days.first
      switch CoverageStanding(on: day, among: spans) {
      case .active(let coverage):
        let terms: PlanTerms
        if let met = known[coverage.planID] {
          terms = met
        } else {
          terms = try PlanTerms(of: coverage.planID, in: ruleset)
          known[coverage.planID] = terms
        }
        return .open(CoveredLine(line, of: claim, on: days, under: coverage, terms: terms, after: prior[line.number]))
      case .memberUnknown:
        return try .denying(line, for: Denial(by: .coverageMemberUnknown))
      case .notYetEffective:
        return try .denying(line, for: before(day))
      case .terminated:
        return try .denying(line, for: after(day))
      }
    }
  }

  private func before(_ day: CalendarDate) -> Denial {
    Denial(
      by: .coverageNotYetEffective, RuleInput("date of service", day),
      RuleInput("coverage begins", spans.map(\.effective.first).filter { $0 > day }.min() ?? day))
  }

  private func after(_ day: CalendarDate) -> Denial {
    Denial(
      by: .coverageTerminated, RuleInput("date of service", day),
      RuleInput("coverage ended", spans.map(\.effective.last).filter { $0 < day }.max() ?? day))
  }
}
