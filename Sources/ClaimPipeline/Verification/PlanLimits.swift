import ClaimsDomain

/// The most each total may come to. Rulesets may have set different limits in one year, and a limit that was lowered
/// gives nothing back, so the highest counts.
struct PlanLimits: Sendable {
  private var limits: [PlanID: [AccumulatorScope.Bucket: [FamilyLimit]]] = [:]

  init(_ rulesets: [RulesetID: Ruleset]) {
    for plan in rulesets.values.flatMap(\.plans.values) {
      limits[plan.id, default: [:]][.deductible, default: []].append(plan.deductible)
      limits[plan.id, default: [:]][.outOfPocket, default: []].append(plan.outOfPocketMaximum)
    }
  }

  /// Nil for a plan that no ruleset holds.
  func most(for scope: AccumulatorScope) -> Money? {
    limits[scope.planID]?[scope.bucket]?.map { Self.most(for: scope.holder, under: $0) }.max()
  }

  private static func most(for holder: AccumulatorScope.Holder, under limit: FamilyLimit) -> Money {
    switch holder {
    case .family: limit.family
    // Under an aggregate limit one member may use up what the family has.
    case .member: limit.isEmbedded ? limit.individual : max(limit.individual, limit.family)
    }
  }
}
