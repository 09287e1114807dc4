/// A fee of the plan's own schedule as the payment rules take it: the fee is the plan's, the indicators CMS's.
struct ScheduledProcedure {
  private let schedule: FeeSchedule

  init(_ schedule: FeeSchedule) {
    self.schedule = schedule
  }

  /// Nil where no RVU file of the day lists the code, or where the fee is that of modifiers the line has: such a fee is for
  /// the service as it was given, and is not reduced again.
  func procedure(_ covered: CoveredLine, by row: FeeSchedule.Row) -> FeePricedLine? {
    guard covered.terms.plan.paymentRules != nil, row.modifiers.isEmpty, let procedure = covered.line.procedure,
      let entry = covered.terms.tables.relativeValues[covered.day]?.entry(for: procedure)
    else { return nil }
    let base = entry.indicators.endoscopicBase.flatMap { schedule.fee(of: $0, on: covered.day) }
    return FeePricedLine(
      covered.line, on: covered.day, fee: row.amount, indicators: entry.indicators, endoscopicBaseFee: base)
  }
}
