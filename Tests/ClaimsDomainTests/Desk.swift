import ClaimsDomain

/// Decides claims one after another, and keeps the totals.
struct Desk {
  let adjudicator: Adjudicator
  var spans: [Coverage]
  private(set) var totals: [AccumulatorScope: Money]

  init(
    _ plan: BenefitPlan, fees: FeeSchedule? = nil, spans: [Coverage]? = nil,
    spent: [AccumulatorScope.Bucket: Money] = [:]
  ) throws {
    let schedules = fees.map { [$0.name: $0] } ?? [:]
    adjudicator = Adjudicator(
      ruleset: Ruleset(id: Sample.ruleset, digest: "", plans: [plan.id: plan], feeSchedules: schedules))
    self.spans = try spans ?? [Sample.coverage()]
    totals = [:]
    for (bucket, amount) in spent {
      for holder in [AccumulatorScope.Holder.member(Sample.member), .family(Sample.family)] {
        totals[Self.scope(holder, bucket, of: plan.id)] = amount
      }
    }
  }

  @discardableResult
  mutating func decide(
    _ lines: ServiceLine..., received: String = "2026-04-01", duplicates: Set<Int> = []
  ) throws -> Decision {
    try decide(Sample.claim(lines), received: received, duplicates: duplicates)
  }

  mutating func decide(
    _ claim: SubmittedClaim, received: String = "2026-04-01", duplicates: Set<Int> = []
  ) throws -> Decision {
    var accumulators = Accumulators(balances: totals)
    let decision = try adjudicator.decide(
      claim, under: .init(received: Sample.day(received), spans: spans), duplicates: duplicates,
      accumulators: &accumulators)
    totals = accumulators.balances
    return decision
  }

  func total(_ bucket: AccumulatorScope.Bucket, of holder: AccumulatorScope.Holder) -> Money {
    totals[Self.scope(holder, bucket, of: Sample.plan)] ?? .zero
  }

  var memberDeductible: Money { total(.deductible, of: .member(Sample.member)) }
  var memberOutOfPocket: Money { total(.outOfPocket, of: .member(Sample.member)) }

  private static func scope(
    _ holder: AccumulatorScope.Holder, _ bucket: AccumulatorScope.Bucket, of plan: PlanID
  ) -> AccumulatorScope {
    AccumulatorScope(holder: holder, planID: plan, planYear: 2026, bucket: bucket)
  }
}

extension Decision {
  /// Every adjustment in order, such as `CO-45 25.00`, as examiners read a remittance.
  var entries: [String] { lines.flatMap(\.entries) }
}

extension LineDecision {
  var entries: [String] { adjustments.map { "\($0.code) \($0.amount)" } }
}
