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

/// A fee of the plan's own schedule as the payment rules take it: the fee is the plan's, the indicators CMS's.
struct ScheduledProcedure {
  private let schedule: FeeSchedule

  init(_ schedule: FeeSchedule) {
    self.schedule = schedule
  }

  /// Nil where no RVU file of the day lists the code, or where the fee is that of modifiers the line has: such a fee is for
  /// the service as it was given, and is not reduced again.
  func procedure(_ covered: CoveredLine, by row: FeeSchedule.Row) -> FeePricedLine? {
    guard covered.terms.plan.paymentRules != nil, row.modifiers.isEmpty, let procedure = covered.line.procedure,
      let entry = covered.terms.tables.relativeValues[covered.day]?.entry(for: procedure)
    else { return nil }
    let base = entry.indicators.endoscopicBase.flatMap { schedule.fee(of: $0, on: covered.day) }
    return FeePricedLine(
      covered.line, on: covered.day, fee: row.amount, indicators: entry.indicators, endoscopicBaseFee: base)
  }
}

/// A fee as the modifiers of a line leave it, those that the fee was not made for.
enum ModifiedFee: Equatable {
  /// Of one unit, with what changed it.
  case fee(Money, [RuleInput])
  /// A modifier changes the price, and nothing says how.
  case unknown
  /// A modifier that the service cannot have.
  case denied(Denial)

  /// - Parameters:
  ///   - modifiers: Of the line, without those of the fee.
  ///   - sharesCareAfter: Whether the care after the operation is several providers'.
  ///   - procedure: The line as the rules for several procedures take it, which price surgeons besides the first; nil where
  ///     the plan has no such rules.
  ///   - indicators: Of the code; nil where no table has it.
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
  init(
    _ fee: Money, code: String, modifiers: [String], sharesCareAfter: Bool, by terms: PricingModifiers,
    procedure: FeePricedLine?,
    indicators: PaymentPolicyIndicators?
  ) throws(MoneyError) {
    var fee = fee
    var inputs: [RuleInput] = []
    var seen: Set<String> = []
    for modifier in modifiers where seen.insert(modifier).inserted {
      switch terms[modifier] {
      case nil: continue
      case .rate(.whole): continue
      case .rate(let rate):
        fee = try rate.of(fee)
        inputs += [RuleInput("modifier", modifier), RuleInput("rate", rate)]
      case .ownFee:
        if procedure != nil, SurgeonRole([modifier]) != .surgeon { continue }
        // Of care that went over to another provider, days and not the modifier say how much is whose.
        guard let part = GlobalPart(rawValue: modifier), let indicators, part != .careAfter || !sharesCareAfter else {
          self = .unknown
          return
        }
        switch part.share(indicators) {
        case .rate(let rate):
          fee = try rate.of(fee)
          inputs += [RuleInput("modifier", modifier), RuleInput("rate", rate)]
        case .unknown:
          self = .unknown
          return
        case .notDivided:
          self = .denied(
            Denial(
              .contractual, "4", remark: "N519", by: .mpfsComponent, RuleInput("code", code),
              RuleInput("modifier", modifier), RuleInput("global days", indicators.globalDays)))
          return
        }
      }
    }
    // Two parts of one package on a line: which of them was given, the line does not say.
    let parts = seen.filter { GlobalPart(rawValue: $0) != nil && terms[$0] == .ownFee }
    self = parts.count > 1 ? .unknown : .fee(fee, inputs)
  }
}
