import ClaimsDomain

/// The maximum of each total. Rulesets may set different limits within one year, and lowering a limit gives nothing
/// back, so the highest limit counts.
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
        // The limit applies to each member alone, and only members have such totals.
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

  /// Returns the maximum of a total; nil for a plan that no ruleset contains.
  func most(for scope: AccumulatorScope) -> Money? {
    // Every visit has the same maximum.
    var bucket = scope.bucket
    if case .copay(let benefit, _) = bucket { bucket = .copay(benefit: benefit, visit: "") }
    return limits[scope.planID]?[bucket]?.map { Self.most(for: scope.holder, under: $0) }.max()
  }

  private static func most(for holder: AccumulatorScope.Holder, under limit: FamilyLimit) -> Money {
    switch holder {
    case .family: limit.family
    // Under an aggregate limit, one member may use up the whole family's limit.
    case .member: limit.isEmbedded ? limit.individual : max(limit.individual, limit.family)
    }
  }
}
