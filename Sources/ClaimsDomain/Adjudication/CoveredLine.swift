/// A line whose member was enrolled on the day: only such a line can be denied by a plan, or priced by one.
struct CoveredLine {
  let line: ServiceLine
  /// The first day of the service: what coverage, fees and the plan year go by.
  let day: CalendarDate
  let coverage: Coverage
  let terms: PlanTerms
  /// The plan's rule for this kind of service, if it has one.
  let benefit: BenefitRule?
}

/// A plan together with the fee schedule it prices by.
final class PlanTerms: Sendable {
  let plan: BenefitPlan
  let schedule: FeeSchedule?

  /// - Throws: `AdjudicationFailure` when the ruleset lacks the plan or its schedule.
  init(of id: PlanID, in ruleset: Ruleset) throws(AdjudicationFailure) {
    guard let plan = ruleset.plans[id] else { throw .unknownPlan(id) }
    self.plan = plan
    guard let name = plan.pricing.feeSchedule else {
      schedule = nil
      return
    }
    guard let schedule = ruleset.feeSchedules[name] else { throw .unknownFeeSchedule(name, plan: id) }
    self.schedule = schedule
  }
}
