/// PR-119: A member has used up what a benefit provides in a plan year.
///
/// Visits are counted after pricing, and amounts after the member's share, so a line denied for its price uses no visit
/// and what the member pays uses no amount. A line without a charge requests no payment and uses nothing.
struct BenefitLimits {
  private let opening: Accumulators
  private var added: [(scope: AccumulatorScope, amount: Money)] = []
  private var visits: Set<Visit> = []

  init(opening: Accumulators) {
    self.opening = opening
  }

  /// The denial for a line whose visit is beyond the limit.
  ///
  /// - Throws: `MoneyError.overflow`.
  func denial(of line: CoveredLine) throws(MoneyError) -> Denial? {
    guard line.line.charge != .zero, let benefit = line.benefit, let most = benefit.limit?.visits,
      !line.waived.contains(.rule(.visitLimit)), !visits.contains(Visit(of: line, under: benefit))
    else { return nil }
    let used = try used(.visits(benefit: benefit.id), by: line)
    guard used.cents >= Int64(most) * AccumulatorScope.Bucket.visit.cents else { return nil }
    return Denial(
      by: .visitLimit, RuleInput("benefit", benefit.id),
      RuleInput("visits a year", most), RuleInput("visits used", used.cents / AccumulatorScope.Bucket.visit.cents))
  }

  /// The part of the plan's payment that exceeds the limit. The member owes it, but it is not cost sharing: it counts
  /// toward no deductible and no maximum (45 CFR 155.20, "cost sharing").
  ///
  /// - Throws: `MoneyError.overflow`.
  func excess(of payment: Money, for line: CoveredLine) throws(MoneyError) -> Adjustment? {
    guard let benefit = line.benefit, let most = benefit.limit?.amount else { return nil }
    let left = max(.zero, try most - used(.paid(benefit: benefit.id), by: line))
    guard payment > left else { return nil }
    return Adjustment(
      amount: try payment - left,
      by: RuleExplanation(
        .amountLimit,
        [
          RuleInput("benefit", benefit.id), RuleInput("limit a year", most), RuleInput("limit left", left),
          RuleInput("plan would pay", payment),
        ]))
  }

  /// What a settled line used; nil when its benefit has no limit.
  ///
  /// - Parameter benefit: What the plan pays for the line, or would pay if it were the only payer.
  ///
  /// - Throws: `MoneyError.overflow`.
  mutating func count(_ line: CoveredLine, benefit payment: Money) throws(MoneyError) -> BenefitUse? {
    guard line.line.charge != .zero, let benefit = line.benefit, let limit = benefit.limit else { return nil }
    var use = BenefitUse(benefit: benefit.id)
    if limit.visits != nil { use.visits = visits.insert(Visit(of: line, under: benefit)).inserted ? 1 : 0 }
    if limit.amount != nil { use.paid = payment }
    for (bucket, amount) in use.amounts { try add(amount, to: line.scope(of: bucket)) }
    return use
  }

  /// - Throws: `MoneyError.overflow`.
  func post(to totals: inout Accumulators) throws(MoneyError) {
    for (scope, amount) in added { try totals.apply(amount, to: scope) }
  }

  private func used(_ bucket: AccumulatorScope.Bucket, by line: CoveredLine) throws(MoneyError) -> Money {
    let scope = line.scope(of: bucket)
    return try opening.balance(of: scope) + (added.first { $0.scope == scope }?.amount ?? .zero)
  }

  private mutating func add(_ amount: Money, to scope: AccumulatorScope) throws(MoneyError) {
    if let index = added.firstIndex(where: { $0.scope == scope }) {
      added[index].amount = try added[index].amount + amount
    } else {
      added.append((scope, amount))
    }
  }
}

extension CoveredLine {
  fileprivate func scope(of bucket: AccumulatorScope.Bucket) -> AccumulatorScope {
    AccumulatorScope(
      holder: .member(coverage.memberID), planID: coverage.planID, planYear: terms.plan.planYear(of: day),
      bucket: bucket)
  }
}
