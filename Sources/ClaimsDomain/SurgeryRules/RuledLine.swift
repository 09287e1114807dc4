/// The result of the payment rules for a line.
package struct RuledLine: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case allowed(Money)
    case denied(Denial)
  }

  package let number: Int
  package let outcome: Outcome
  /// The line's price before it is compared with the charge.
  package let price: Money
  /// The fee for all units, from which `price` is derived.
  package let fee: Money
  /// Every rule that applied, in order, with its inputs.
  package let explanations: [RuleExplanation]
  /// Why a person has to review the line before it is paid; nil when no review is needed.
  package let review: Review?

  package enum Review: String, Hashable, Sendable {
    /// The sixth and every later procedure of a day is priced by report (Claims Processing Manual, chapter 12, 40.6).
    case moreThanFiveProcedures = "more-than-five-procedures"
    /// An assistant or co-surgeon for whom the MPFS requires documentation of the need.
    case surgeonDocumentation = "surgeon-documentation"
    /// A team is priced by report (Claims Processing Manual, chapter 12, 40.8).
    case byReport = "price-by-report"
  }

  package var allowed: Money {
    if case .allowed(let amount) = outcome { amount } else { .zero }
  }
}

extension RuledLine {
  /// The amounts of the line's charge that are not allowed: CO-45 for the charge above the fee, CO-59 for what the
  /// multiple-procedure rules take from the fee. For an assistant or co-surgeon, the reduced part is itself the fee:
  /// CO-45. Charge = allowed + Σ adjustments.
  ///
  /// - Parameters:
  ///   - charge: The line's charge.
  ///   - price: How the fee was determined.
  /// - Throws: `MoneyError.overflow` when a difference overflows 64 bits.
  package func adjustments(of charge: Money, price: RuleExplanation) throws(MoneyError) -> [Adjustment] {
    if case .denied(let denial) = outcome {
      return [
        Adjustment(denial, amount: charge)
      ]
    }
    let concurrent = explanations.last { Self.concurrentRules.contains($0.rule) }
    // Two sides may be allowed more than the fee of one; then only the price counts.
    let full = concurrent == nil ? allowed : max(allowed, min(charge, fee))
    let aboveFee = RuleExplanation(price.rule, price.inputs + explanations.flatMap(\.inputs))
    var adjustments: [Adjustment] = []
    if full < charge { adjustments.append(Adjustment(.writtenOff, amount: try charge - full, by: aboveFee)) }
    if let concurrent, allowed < full {
      adjustments.append(Adjustment(amount: try full - allowed, by: concurrent))
    }
    return adjustments
  }

  private static let concurrentRules: Set<RuleID> = [.surgeryBilateral, .surgeryEndoscopy, .surgeryMultiple]
}

/// One procedure of a day as the payment rules see it: a line, or the two lines for its two sides.
struct SurgicalProcedure {
  /// LT before RT.
  let lines: [FeePricedLine]
  let role: SurgeonRole
  /// The amount after the bilateral rule, then after the later rules.
  var amount: ExactAmount
  var explanations: [RuleExplanation]
  /// Whether this is a base that is included in the value of another endoscopy in its family, and so is not paid in
  /// addition.
  var isIncludedBase = false
  var review: RuledLine.Review?

  var first: FeePricedLine { lines[0] }

  /// Breaks ties between equal amounts, so the result does not depend on the order of the lines.
  var number: Int { lines.map(\.number).min() ?? 0 }

  var isEndoscopy: Bool { first.indicators.multipleProcedure == "3" }

  /// Whether the procedure is ranked with others under the standard rule: indicators 1 (before 1995), 2, and 3. A
  /// return to the operating room is not ranked (Claims Processing Manual, chapter 12, section 40.4.C).
  var isRanked: Bool {
    ["1", "2", "3"].contains(first.indicators.multipleProcedure)
      && !first.modifiers.contains(GlobalPart.returnToOperatingRoom.rawValue)
  }
}
