/// PR-3: a fixed amount for a visit, and never more than is left of what the plan allows for it.
///
/// The lines of a visit share one copay: the first takes what it can, and the next the rest of it. Where the benefit says so
/// other claims of the day and provider share it too, and what they took is a total like those of the year.
struct Copay {
  private let opening: Accumulators
  private var taken: [Visit: Money] = [:]
  private var added: [(scope: AccumulatorScope, amount: Money)] = []

  init(opening: Accumulators) {
    self.opening = opening
  }

  mutating func share(
    of open: Money, for line: CoveredLine, under terms: CostShareTerms
  ) throws(MoneyError) -> MemberShare? {
    guard let benefit = line.benefit, terms.copay != .zero else { return nil }
    let visit = Visit(of: line, under: benefit)
    let scope = line.copayScope
    let before = if let scope { try balance(of: scope) } else { taken[visit] ?? .zero }
    let left = max(.zero, try terms.copay - before)
    let amount = min(open, left)
    guard amount != .zero else { return nil }
    taken[visit] = try (taken[visit] ?? .zero) + amount
    if let scope { added.append((scope, amount)) }
    return MemberShare(
      .copay, amount, by: .copay, RuleInput("benefit", benefit.id), RuleInput("copay", terms.copay),
      RuleInput("left for the visit", left))
  }

  private func balance(of scope: AccumulatorScope) throws(MoneyError) -> Money {
    try opening.balance(of: scope) + added.lazy.filter { $0.scope == scope }.map(\.amount).total()
  }

  /// - Throws: `MoneyError.overflow`.
  func post(to totals: inout Accumulators) throws(MoneyError) {
    for (scope, amount) in added { try totals.apply(amount, to: scope) }
  }
}

extension CoveredLine {
  /// The total that the copays of a visit are kept in; nil where each claim has its own.
  var copayScope: AccumulatorScope? {
    guard let benefit, benefit.copayPer == .providerAndDay else { return nil }
    return AccumulatorScope(
      holder: .member(coverage.memberID), planID: coverage.planID, planYear: terms.plan.planYear(of: day),
      bucket: .copay(benefit: benefit.id, visit: AccumulatorScope.Bucket.visit(on: day, to: provider)))
  }
}
