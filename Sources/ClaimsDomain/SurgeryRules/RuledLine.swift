/// What the payment rules made of a line.
package struct RuledLine: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case allowed(Money)
    case denied(Denial)
  }

  package let number: Int
  package let outcome: Outcome
  /// What the line comes to before the charge is looked at.
  package let price: Money
  /// The fee of all units, which `price` began as.
  package let fee: Money
  /// Every rule that had a say, in order, with what it looked at.
  package let explanations: [RuleExplanation]
  /// Why a person has to look before it is paid; nil when none has to.
  package let review: Review?

  package enum Review: String, Hashable, Sendable {
    /// The sixth and every later procedure of a day is priced by report (Claims Processing Manual, chapter 12, 40.6).
    case moreThanFiveProcedures = "more-than-five-procedures"
    /// An assistant or co-surgeon, where the MPFS wants the need for one shown.
    case surgeonDocumentation = "surgeon-documentation"
    /// A team is priced by report (Claims Processing Manual, chapter 12, 40.8).
    case byReport = "price-by-report"
  }

  package var allowed: Money {
    if case .allowed(let amount) = outcome { amount } else { .zero }
  }
}

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

/// One procedure of a day as the payment rules see it: a line, or the two lines of its two sides.
struct SurgicalProcedure {
  /// LT before RT.
  let lines: [FeePricedLine]
  let role: SurgeonRole
  /// After the bilateral rule, then after the endoscopic one.
  var amount: ExactAmount
  var explanations: [RuleExplanation]
  /// A base that is in the value of another endoscopy of its family, and so is not paid beside it.
  var isIncludedBase = false
  var review: RuledLine.Review?

  var first: FeePricedLine { lines[0] }

  /// What keeps equal amounts in one order, whatever order the lines came in.
  var number: Int { lines.map(\.number).min() ?? 0 }

  var isEndoscopy: Bool { first.indicators.multipleProcedure == "3" }

  /// Ranked with others under the standard rule: indicators 1 (of before 1995), 2 and 3. A return to the operating room is
  /// not (Claims Processing Manual, chapter 12, section 40.4.C).
  var isRanked: Bool {
    ["1", "2", "3"].contains(first.indicators.multipleProcedure)
      && !first.modifiers.contains(GlobalPart.returnToOperatingRoom.rawValue)
  }
}
