/// The plan's price of a line: the first of a facility contract, the plan's own fee for each unit, the physician fee
/// schedule, and a percentage of the charge that applies. If none applies, the plan does not pay for the service
/// (CO-96, with N448: not in the fee schedule).
struct PlanPrice {
  let claim: SubmittedClaim
  /// For each line number, the claims that were allowed its anesthesia.
  let anesthesiaElsewhere: [Int: Set<ClaimIntakeID>]

  /// - Throws: `AdjudicationFailure.amount` when a percentage of the charge overflows 64 bits; `.suspended` when a
  ///   person has to set prices, with all lines that need one.
  func price(_ lines: [LineProgress<CoveredLine>]) throws(AdjudicationFailure) -> [LineProgress<PricedLine>] {
    do {
      return try lines.onward(price)
    } catch .suspended(let suspense) where suspense.reason.remedy == .price {
      let unpriced = lines.open().filter(isUnpriced).map(\.line.number)
      throw .suspended(Suspense(suspense.reason, lines: unpriced, beside: suspense.otherClaims))
    }
  }

  private func isUnpriced(_ line: CoveredLine) -> Bool {
    do {
      _ = try price(line)
      return false
    } catch .suspended(let suspense) {
      return suspense.reason.remedy == .price
    } catch {
      return false
    }
  }

  private func price(_ covered: CoveredLine) throws(AdjudicationFailure) -> LineProgress<PricedLine> {
    let pricing = covered.terms.pricing(covered.network).pricing
    if let chosen = claim.revision?.prices?.first(where: { $0.line == covered.line.number }) {
      return .open(
        PricedLine(
          covered, price: chosen.amount, by: RuleExplanation(.pricedByPerson, [RuleInput("fee", chosen.amount)])))
    }
    // Minutes are not a number of services, so a fee for a service does not apply to them.
    if covered.line.basis == .minutes {
      return try AnesthesiaPrice(
        claim: claim, modifiers: pricing.modifierTerms,
        allowedElsewhere: anesthesiaElsewhere[covered.line.number] ?? []
      ).price(covered, by: pricing.anesthesia)
    }
    if let contracted = try FacilityPrice(claim: claim).price(covered, by: pricing.contracts) { return contracted }
    let listed = try scheduled(covered, pricing)
    if case .priced(let progress) = listed { return progress }
    // The line requests no payment, so there is nothing to price or deny.
    guard covered.line.charge != .zero else {
      return .open(PricedLine(covered, price: .zero, by: RuleExplanation(.priceNoCharge)))
    }
    if claim.kind == .professional, let fees = pricing.physicianFees,
      let priced = try PhysicianPrice(claim: claim, fees: fees, modifiers: pricing.modifierTerms).price(covered)
    {
      return priced
    }
    guard case .notListed = listed, !isAnesthesia(covered, by: pricing), !needsOwnFee(covered, by: pricing) else {
      throw .suspended(Suspense(.priceByReport))
    }
    return try percentOfCharge(covered, pricing)
  }

  /// Whether a line that does not count minutes has a code whose price is based on minutes.
  private func isAnesthesia(_ covered: CoveredLine, by pricing: Pricing) -> Bool {
    guard pricing.anesthesia != nil else { return false }
    return covered.terms.tables.baseUnits[covered.day]?[covered.line.code].map { $0 > 0 } ?? false
  }

  /// Whether the plan requires a separate fee for a modifier of the line. A percentage of the charge is not such a fee.
  private func needsOwnFee(_ covered: CoveredLine, by pricing: Pricing) -> Bool {
    (covered.line.procedure?.modifiers ?? []).contains { pricing.modifiers?.effects[$0] == .ownFee }
  }

  /// What the plan's own schedule has for a line.
  private enum Listed {
    case priced(LineProgress<PricedLine>)
    /// The schedule has the code, but not with the line's modifiers.
    case otherwise
    case notListed
  }

  private func scheduled(_ covered: CoveredLine, _ pricing: Pricing) throws(AdjudicationFailure) -> Listed {
    let line = covered.line
    // Codes from lists other than HCPCS can look like HCPCS codes.
    guard let schedule = covered.terms.pricing(covered.network).schedule, line.procedure?.qualifier ?? "HC" == "HC"
    else {
      return .notListed
    }
    guard let row = schedule.row(for: line, on: covered.day) else {
      return schedule.lists(line.code, on: covered.day) ? .otherwise : .notListed
    }
    var procedure = ScheduledProcedure(schedule).procedure(covered, by: row)
    let modified: ModifiedFee
    do {
      modified = try ModifiedFee(
        row.amount, code: line.code,
        modifiers: (line.procedure?.modifiers ?? []).filter { !row.modifiers.contains($0) },
        sharesCareAfter: claim.sharesCareAfter == true, by: pricing.modifierTerms, procedure: procedure,
        indicators: line.procedure.flatMap {
          covered.terms.tables.relativeValues[covered.day]?.entry(for: $0)?.indicators
        })
    } catch {
      throw .amount(error)
    }
    switch modified {
    case .unknown: return .otherwise
    case .denied(let denial): return .priced(try .denying(line, for: denial))
    case .fee(let fee, let changes):
      procedure?.fee = fee
      // A price that overflows 64 bits exceeds any charge, and the lesser of the two is allowed, so the charge replaces
      // it.
      let price = (try? line.units.priced(at: fee)) ?? line.charge
      let inputs = [RuleInput("schedule", schedule.name), RuleInput("fee", fee), RuleInput("units", line.units)]
      return .priced(
        .open(
          PricedLine(covered, price: price, by: RuleExplanation(.priceFeeSchedule, inputs + changes), as: procedure)))
    }
  }

  private func percentOfCharge(
    _ covered: CoveredLine, _ pricing: Pricing
  ) throws(AdjudicationFailure) -> LineProgress<PricedLine> {
    let line = covered.line
    guard let rate = pricing.otherwisePercentOfCharge else {
      let denial = Denial(
        by: .priceNotListed, RuleInput("code", line.code),
        RuleInput("schedule", pricing.feeSchedule ?? (pricing.physicianFees == nil ? "none" : "mpfs")))
      return try .denying(line, for: denial)
    }
    do {
      let inputs = [RuleInput("rate", rate), RuleInput("charge", line.charge)]
      let explanation = RuleExplanation(.pricePercentOfCharge, inputs)
      return .open(PricedLine(covered, price: try rate.of(line.charge), by: explanation))
    } catch {
      throw .amount(error)
    }
  }
}

/// A plan together with the items it names: the fee schedules it prices by, and its network.
final class PlanTerms: Sendable {
  let plan: BenefitPlan
  let schedule: FeeSchedule?
  /// The schedule of the maximum allowed amounts out of the network.
  let outOfNetworkSchedule: FeeSchedule?
  let network: ProviderNetwork?
  let tables: ReferenceTables

  /// - Throws: `AdjudicationFailure` when the ruleset lacks an item that the plan names; `.suspended` when it lacks the
  ///   plan: the claim came in under other rules than the member's, such as the samples.
  init(of id: PlanID, in ruleset: Ruleset) throws(AdjudicationFailure) {
    guard let plan = ruleset.plans[id] else { throw .suspended(Suspense(.planUnknown)) }
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

  /// The pricing for the network status; out of the network, it is for the maximum allowed amount.
  func pricing(_ network: NetworkStatus) -> (pricing: Pricing, schedule: FeeSchedule?) {
    guard network == .outOfNetwork, let outside = plan.outOfNetwork else { return (plan.pricing, schedule) }
    return (outside.pricing, outOfNetworkSchedule)
  }
}
