import ClaimsDomain

/// The most each total may come to. Rulesets may have set different limits in one year, and a limit that was lowered
/// gives nothing back, so the highest counts.
struct PlanLimits: Sendable {
  private var limits: [PlanID: [AccumulatorScope.Bucket: [FamilyLimit]]] = [:]

  init(_ rulesets: [RulesetID: Ruleset]) {
    for plan in rulesets.values.flatMap(\.plans.values) {
      add(plan.deductible, to: .deductible, of: plan)
      add(plan.outOfPocketMaximum, to: .outOfPocket, of: plan)
      if let outside = plan.outOfNetwork {
        add(outside.deductible, to: .outOfNetworkDeductible, of: plan)
        add(outside.outOfPocketMaximum, to: .outOfNetworkOutOfPocket, of: plan)
      }
      for benefit in plan.benefits {
        // A limit is each member's own, and only members have such totals.
        if benefit.copayPer == .providerAndDay {
          add(
            FamilyLimit(individual: benefit.copay, family: benefit.copay), to: .copay(benefit: benefit.id, visit: ""),
            of: plan)
        }
        if let visits = benefit.limit?.visits {
          let most = Money(cents: Int64(visits) * AccumulatorScope.Bucket.visit.cents)
          add(FamilyLimit(individual: most, family: most), to: .visits(benefit: benefit.id), of: plan)
        }
        if let most = benefit.limit?.amount {
          add(FamilyLimit(individual: most, family: most), to: .paid(benefit: benefit.id), of: plan)
        }
      }
    }
  }

  private mutating func add(_ limit: FamilyLimit, to bucket: AccumulatorScope.Bucket, of plan: BenefitPlan) {
    limits[plan.id, default: [:]][bucket, default: []].append(limit)
  }

  /// Nil for a plan that no ruleset holds.
  func most(for scope: AccumulatorScope) -> Money? {
    // Every visit has the same.
    var bucket = scope.bucket
    if case .copay(let benefit, _) = bucket { bucket = .copay(benefit: benefit, visit: "") }
    return limits[scope.planID]?[bucket]?.map { Self.most(for: scope.holder, under: $0) }.max()
  }

  private static func most(for holder: AccumulatorScope.Holder, under limit: FamilyLimit) -> Money {
    switch holder {
    case .family: limit.family
    // Under an aggregate limit one member may use up what the family has.
    case .member: limit.isEmbedded ? limit.individual : max(limit.individual, limit.family)
    }
  }
}
