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
