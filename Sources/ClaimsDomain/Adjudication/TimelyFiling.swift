/// A claim that comes too late is the provider's loss, not the member's: CO-29. The plan sets the limit, in days or in calendar
/// years. It counts from the claim's last date of service to the day we received it, as in 42 CFR 424.44 for Medicare; of a
/// claim that other payers had to decide first, from the day on which the last of them did.
struct TimelyFiling: DenialRule {
  let claim: SubmittedClaim
  let received: CalendarDate

  func denial(of line: CoveredLine) -> Denial? {
    guard let lastService = claim.lastDateOfService, !line.waived.contains(.wait(.lateReplacement)) else { return nil }
    let decided = claim.payersBefore.compactMap(\.decidedOn).max()
    let start = max(lastService, decided ?? lastService)
    var inputs = [RuleInput("last date of service", lastService)]
    if let decided, decided > lastService { inputs.append(RuleInput("other payer decided", decided)) }
    inputs.append(RuleInput("received", received))
    if let years = line.terms.plan.timelyFilingYears {
      guard received > start.adding(years: years) else { return nil }
      inputs.append(RuleInput("limit in years", years))
    } else {
      let (days, limit) = (received.days(since: start), line.terms.plan.timelyFilingDays)
      guard days > limit else { return nil }
      inputs += [RuleInput("days", days), RuleInput("limit in days", limit)]
    }
    var denial = Denial(.contractual, "29", by: .timelyFiling)
    denial.explanation.inputs = inputs
    return denial
  }
}
