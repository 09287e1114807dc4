/// The Medicare Physician Fee Schedule's price of a line: RVU x GPCI x CF, for each unit (42 CFR 414.20).
struct PhysicianPrice {
  let claim: SubmittedClaim
  let fees: PhysicianFeePricing
  let modifiers: PricingModifiers

  /// Nil where the schedule does not list the code.
  ///
  /// - Throws: `AdjudicationFailure.suspended` without a table for the day, or for a code it lists without a price.
  func price(_ covered: CoveredLine) throws(AdjudicationFailure) -> Passage<PricedLine>? {
    let (line, tables) = (covered.line, covered.terms.tables)
    guard line.procedure?.qualifier == "HC" else { return nil }
    guard let schedule = tables.relativeValues[covered.day], let index = fees.index(on: covered.day, in: tables) else {
      throw .suspended(Suspense(.noTableForDay))
    }
    let factor = fees.conversionFactor(on: covered.day)
    let answer: PhysicianFee
    var procedure: FeePricedLine?
    do {
      answer = try schedule.fee(for: line, at: index, factor: factor)
      procedure = try schedule.feePricedLine(line, on: covered.day, at: index, factor: factor)
    } catch {
      throw .amount(error)
    }
    switch answer {
    case .notListed: return nil
    case .denied(let denial): return try .denying(line, for: denial)
    case .pricedElsewhere: throw .suspended(Suspense(.priceByReport))
    case .priced(let whole, let entry):
      if covered.terms.plan.paymentRules == nil { procedure = nil }
      switch try modified(whole, by: entry, of: line, as: procedure) {
      case .unknown: throw .suspended(Suspense(.priceByReport))
      case .denied(let denial): return try .denying(line, for: denial)
      case .fee(let fee, let changes):
        procedure?.fee = fee
        // Past 64 bits it is above any charge, and the lesser of both is allowed.
        let price = (try? line.units.priced(at: fee)) ?? line.charge
        var explanation = explanation(of: entry, fee: fee, covered, factor: factor ?? entry.conversionFactor)
        explanation.inputs += changes
        return .open(PricedLine(covered, price: price, by: explanation, as: procedure))
      }
    }
  }

  private func modified(
    _ fee: Money, by entry: PhysicianFeeEntry, of line: ServiceLine, as procedure: FeePricedLine?
  ) throws(AdjudicationFailure) -> ModifiedFee {
    do {
      return try ModifiedFee(
        fee, code: line.code, modifiers: (line.procedure?.modifiers ?? []).filter { $0 != entry.key.modifier },
        sharesCareAfter: claim.sharesCareAfter == true, by: modifiers, procedure: procedure,
        indicators: entry.indicators)
    } catch {
      throw .amount(error)
    }
  }

  private func explanation(
    of entry: PhysicianFeeEntry, fee: Money, _ covered: CoveredLine, factor: ConversionFactor
  ) -> RuleExplanation {
    let setting = PracticeSetting(placeOfService: covered.line.placeOfService)
    var inputs = [
      RuleInput("setting", setting.rawValue), RuleInput("locality", fees.locality),
      RuleInput("work RVU", entry.work), RuleInput("expense RVU", entry.expense(in: setting)),
      RuleInput("malpractice RVU", entry.malpractice), RuleInput("conversion factor", factor),
      RuleInput("fee", fee), RuleInput("units", covered.line.units),
    ]
    if let component = entry.key.modifier { inputs.insert(RuleInput("component", component), at: 0) }
    return RuleExplanation(.pricePhysicianFeeSchedule, inputs)
  }
}

extension PricingLocality: CustomStringConvertible {
  package var description: String {
    switch self {
    case .national: "national"
    case .locality(let contractor, let number): "\(contractor)-\(number)"
    case .county(let state, let county): "\(county), \(state)"
    }
  }
}
