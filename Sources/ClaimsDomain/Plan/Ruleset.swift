/// Everything a decision is made by: plans, fee schedules, provider networks and published tables under one immutable
/// name. A decision names it, and a changed file needs a new name.
package struct Ruleset: Hashable, Sendable {
  package let id: RulesetID
  /// SHA-256 over the files it was read from, as 64 hex digits: the same name must always mean the same content.
  package let digest: String
  package let plans: [PlanID: BenefitPlan]
  package let feeSchedules: [String: FeeSchedule]
  package let networks: [String: ProviderNetwork]
  /// None where a plan needs none.
  package let tables: ReferenceTables

  package init(
    id: RulesetID, digest: String, plans: [PlanID: BenefitPlan], feeSchedules: [String: FeeSchedule],
    networks: [String: ProviderNetwork] = [:], tables: ReferenceTables = .none
  ) {
    self.id = id
    self.digest = digest
    self.plans = plans
    self.feeSchedules = feeSchedules
    self.networks = networks
    self.tables = tables
  }
}

extension CalendarDate {
  /// The end of coverage, or of a fee, that has no end.
  package static let openEnd = CalendarDate(lastDayOf: 9999)

  /// Every year has a 31 December, so this one cannot fail.
  private init(lastDayOf year: Int) {
    self.year = year
    month = 12
    day = 31
  }
}
