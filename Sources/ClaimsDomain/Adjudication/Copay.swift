/// PR-3: a fixed amount for a visit, and never more than is left of what the plan allows for it.
///
/// A visit is one claim's care at one place, on one day, under one benefit rule. Its lines share one copay: the first
/// takes what it can, and the next the rest of it.
struct Copay {
  private var due: [Visit: Money] = [:]

  private struct Visit: Hashable {
    let placeOfService: String
    let day: CalendarDate
    let benefit: String
  }

  mutating func share(of open: Money, for line: CoveredLine) throws(MoneyError) -> MemberShare? {
    guard let benefit = line.benefit, benefit.copay != .zero else { return nil }
    let visit = Visit(placeOfService: line.line.placeOfService, day: line.day, benefit: benefit.id)
    let left = due[visit] ?? benefit.copay
    let amount = min(open, left)
    due[visit] = try left - amount
    guard amount != .zero else { return nil }
    return MemberShare(
      .copay, amount, by: "cost-share.copay", RuleInput("benefit", benefit.id), RuleInput("copay", benefit.copay),
      RuleInput("left for the visit", left))
  }
}
