extension RuledLine {
  /// What keeps the line's charge from being allowed: CO-45 for what is charged above the fee, CO-59 for what the rules
  /// on several procedures take from the fee. An assistant's or co-surgeon's part is the fee of that part: CO-45. Charge
  /// = allowed + Σ adjustments.
  ///
  /// - Parameters:
  ///   - charge: The line's.
  ///   - price: How the fee was found.
  /// - Throws: `MoneyError.overflow` when a difference leaves 64 bits.
  package func adjustments(of charge: Money, price: RuleExplanation) throws(MoneyError) -> [Adjustment] {
    if case .denied(let denial) = outcome {
      return [
        Adjustment(denial.group, denial.reason, remark: denial.remark, amount: charge, by: denial.explanation)
      ]
    }
    let concurrent = explanations.last { Self.concurrentRules.contains($0.rule) }
    // Two sides may be allowed more than the fee of one; then nothing but the price counts.
    let full = concurrent == nil ? allowed : max(allowed, min(charge, fee))
    let aboveFee = RuleExplanation(price.rule, price.inputs + explanations.flatMap(\.inputs))
    var adjustments: [Adjustment] = []
    if full < charge { adjustments.append(Adjustment(.contractual, "45", amount: try charge - full, by: aboveFee)) }
    if let concurrent, allowed < full {
      adjustments.append(Adjustment(.contractual, "59", amount: try full - allowed, by: concurrent))
    }
    return adjustments
  }

  private static let concurrentRules: Set<RuleID> = [.surgeryBilateral, .surgeryEndoscopy, .surgeryMultiple]
}
