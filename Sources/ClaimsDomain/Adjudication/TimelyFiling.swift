/// A claim that comes too late is the provider's loss, not the member's: CO-29. The plan sets the days; they count from
/// the claim's last date of service to the day we received it, as in 42 CFR 424.44 for Medicare.
struct TimelyFiling: DenialRule {
  let lastService: CalendarDate?
  let received: CalendarDate

  func denial(of line: CoveredLine) -> Denial? {
    guard let lastService else { return nil }
    let days = received.days(since: lastService)
    let limit = line.terms.plan.timelyFilingDays
    guard days > limit else { return nil }
    return Denial(
      .contractual, "29", by: .timelyFiling, RuleInput("last date of service", lastService),
      RuleInput("received", received), RuleInput("days", days), RuleInput("limit in days", limit))
  }
}
