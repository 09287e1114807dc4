/// The Medicare Physician Fee Schedule's price of a line: RVU x GPCI x CF for each unit (42 CFR 414.20).
struct PhysicianPrice {
  let claim: SubmittedClaim
  let fees: PhysicianFeePricing
  let modifiers: PricingModifiers

  /// Returns nil when the schedule does not list the code.
  ///
  /// - Throws: `AdjudicationFailure.suspended` when there is no table for the day, or the schedule lists the code
  ///   without a price.
  func price(_ covered: CoveredLine) throws(AdjudicationFailure) -> LineProgress<PricedLine>? {
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
        // A price that overflows 64 bits exceeds any charge, and the lesser of the two is allowed.
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

/// A fee from the plan's own schedule as input to the payment rules: the fee is the plan's, and the indicators are
/// CMS's.
struct ScheduledProcedure {
  private let schedule: FeeSchedule

  init(_ schedule: FeeSchedule) {
    self.schedule = schedule
  }

  /// Returns nil when no RVU file for the day lists the code, or when the fee already accounts for modifiers of the
  /// line. Such a fee is for the service as it was given and is not reduced again.
  func procedure(_ covered: CoveredLine, by row: FeeSchedule.Row) -> FeePricedLine? {
    guard covered.terms.plan.paymentRules != nil, row.modifiers.isEmpty, let procedure = covered.line.procedure,
      let entry = covered.terms.tables.relativeValues[covered.day]?.entry(for: procedure)
    else { return nil }
    let base = entry.indicators.endoscopicBase.flatMap { schedule.fee(of: $0, on: covered.day) }
    return FeePricedLine(
      covered.line, on: covered.day, fee: row.amount, indicators: entry.indicators, endoscopicBaseFee: base)
  }
}

/// A fee after applying the line's modifiers that the fee does not already include.
enum ModifiedFee: Equatable {
  /// The fee for one unit, with what changed it.
  case fee(Money, [RuleInput])
  /// A modifier changes the price, but nothing says how.
  case unknown
  /// The line has a modifier that the service cannot have.
  case denied(Denial)

  /// - Parameters:
  ///   - modifiers: The line's modifiers, without those of the fee.
  ///   - sharesCareAfter: Whether several providers share the care after the operation.
  ///   - procedure: The line as input to the multiple-procedure rules, which price surgeons other than the first; nil
  ///     when the plan has no such rules.
  ///   - indicators: The code's indicators; nil when no table has them.
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
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
        // For care transferred to another provider, each provider's share depends on days, not on the modifier.
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
              by: .mpfsComponent, RuleInput("code", code),
              RuleInput("modifier", modifier), RuleInput("global days", indicators.globalDays)))
          return
        }
      }
    }
    // When a line has two parts of one package, it does not say which of them was given.
    let parts = seen.filter { GlobalPart(rawValue: $0) != nil && terms[$0] == .ownFee }
    self = parts.count > 1 ? .unknown : .fee(fee, inputs)
  }
}
