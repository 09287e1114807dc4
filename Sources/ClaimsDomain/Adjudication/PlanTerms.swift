/// A plan together with what it names: the fee schedules it prices by, and its network.
final class PlanTerms: Sendable {
  let plan: BenefitPlan
  let schedule: FeeSchedule?
  /// Of the maximum allowed amounts.
  let outOfNetworkSchedule: FeeSchedule?
  let network: ProviderNetwork?
  let tables: ReferenceTables

  /// - Throws: `AdjudicationFailure` when the ruleset lacks the plan or what it names.
  init(of id: PlanID, in ruleset: Ruleset) throws(AdjudicationFailure) {
    guard let plan = ruleset.plans[id] else { throw .unknownPlan(id) }
    self.plan = plan
    tables = ruleset.tables
    schedule = try Self.schedule(of: plan.pricing, plan: id, in: ruleset)
    guard let terms = plan.outOfNetwork else {
      (outOfNetworkSchedule, network) = (nil, nil)
      return
    }
    outOfNetworkSchedule = try Self.schedule(of: terms.pricing, plan: id, in: ruleset)
    guard let network = ruleset.networks[terms.network] else { throw .unknownNetwork(terms.network, plan: id) }
    self.network = network
  }

  private static func schedule(
    of pricing: Pricing, plan: PlanID, in ruleset: Ruleset
  ) throws(AdjudicationFailure) -> FeeSchedule? {
    guard let name = pricing.feeSchedule else { return nil }
    guard let schedule = ruleset.feeSchedules[name] else { throw .unknownFeeSchedule(name, plan: plan) }
    return schedule
  }

  /// Out of the network, the maximum allowed amount.
  func pricing(_ network: NetworkStatus) -> (pricing: Pricing, schedule: FeeSchedule?) {
    guard network == .outOfNetwork, let outside = plan.outOfNetwork else { return (plan.pricing, schedule) }
    return (outside.pricing, outOfNetworkSchedule)
  }
}
