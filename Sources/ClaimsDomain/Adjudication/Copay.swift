/// PR-3: a fixed amount for a visit, and never more than is left of what the plan allows for it.
///
/// The lines of a visit share one copay: the first takes what it can, and the next the rest of it.
struct Copay {
  private var due: [Visit: Money] = [:]

  mutating func share(
    of open: Money, for line: CoveredLine, under terms: CostShareTerms
  ) throws(MoneyError) -> MemberShare? {
    guard let benefit = line.benefit, terms.copay != .zero else { return nil }
    let visit = Visit(of: line, under: benefit)
    let left = due[visit] ?? terms.copay
    let amount = min(open, left)
    due[visit] = try left - amount
    guard amount != .zero else { return nil }
    return MemberShare(
      .copay, amount, by: .copay, RuleInput("benefit", benefit.id), RuleInput("copay", terms.copay),
      RuleInput("left for the visit", left))
  }
}
