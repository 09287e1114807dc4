/// A line whose member was enrolled on the day: only such a line can be denied by a plan, or priced by one.
///
/// A reference, because every rule passes it on and none changes it: copies would be most of the cost of deciding.
final class CoveredLine: Sendable {
  let line: ServiceLine
  /// The first day of the service: what coverage, fees and the plan year go by.
  let day: CalendarDate
  let coverage: Coverage
  let terms: PlanTerms
  /// The plan's rule for this kind of service, if it has one.
  let benefit: BenefitRule?

  init(_ line: ServiceLine, on day: CalendarDate, under coverage: Coverage, terms: PlanTerms) {
    self.line = line
    self.day = day
    self.coverage = coverage
    self.terms = terms
    benefit = terms.plan.benefit(for: line)
  }
}
