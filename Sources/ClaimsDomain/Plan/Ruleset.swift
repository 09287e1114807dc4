/// Everything used to make a decision: plans, fee schedules, provider networks, and published tables under one
/// immutable name. A decision names its ruleset, and a changed file needs a new name.
package struct Ruleset: Hashable, Sendable {
  package let id: RulesetID
  /// SHA-256 of the source files, as 64 hex digits. The same name must always mean the same content.
  package let digest: String
  package let plans: [PlanID: BenefitPlan]
  package let feeSchedules: [String: FeeSchedule]
  package let networks: [String: ProviderNetwork]
  /// Empty when no plan needs tables.
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
  /// The end date of a coverage or a fee that has no end.
  package static let openEnd = CalendarDate(lastDayOf: 9999)

  /// Every year has a December 31, so this initializer cannot fail.
  private init(lastDayOf year: Int) {
    self.year = year
    month = 12
    day = 31
  }
}
