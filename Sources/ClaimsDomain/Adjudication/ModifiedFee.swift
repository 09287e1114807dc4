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
