/// The plan allows its price or the charge, whichever is less. What a provider charges above the price is written off
/// by contract: CO-45, and CO-59 what the rules for several procedures took. A provider out of the network has no
/// contract, and bills it to the member: PR-45, balance billing, which is no cost sharing and counts to nothing
/// (45 CFR 155.20, "cost sharing").
struct LesserOfCharge {
  /// - Throws: `AdjudicationFailure.amount` when the difference leaves 64 bits.
  func allow(_ priced: PricedLine) throws(AdjudicationFailure) -> Passage<AllowedLine> {
    let line = priced.covered.line
    var ledger = LineLedger(line)
    let allowed: Money
    do {
      if let part = line.nonCovered {
        try ledger.take(
          Adjustment(
            .contractual, "96", amount: part, by: RuleExplanation(.nonCovered, [RuleInput("non-covered", part)])))
      }
      allowed = min(priced.ruled?.allowed ?? priced.price, ledger.open)
      let excess = try ledger.open - allowed
      switch (priced.covered.network, priced.covered.prior) {
      case (.inNetwork, _):
        for adjustment in try writtenOff(of: priced, excess: excess) { try ledger.take(adjustment) }
      case (.outOfNetwork, let prior):
        // What the payers before us settled is not billed to the member again.
        let billed = min(excess, max(.zero, try (prior?.memberOwes ?? line.charge) - allowed))
        try ledger.take(Adjustment(.patientResponsibility, "45", amount: billed, by: priced.fullExplanation))
        try ledger.take(Adjustment(.other, "23", amount: excess - billed, by: priced.fullExplanation))
      }
    } catch {
      throw .amount(error)
    }
    return .open(AllowedLine(covered: priced.covered, ledger: ledger, allowed: allowed))
  }

  private func writtenOff(of priced: PricedLine, excess: Money) throws(MoneyError) -> [Adjustment] {
    // What the provider does not charge for is out of the rules' sight.
    guard let ruled = priced.ruled, priced.covered.line.nonCovered == nil else {
      return [Adjustment(.contractual, "45", amount: excess, by: priced.explanation)]
    }
    return try ruled.adjustments(of: priced.covered.line.charge, price: priced.explanation)
  }
}

extension PricedLine {
  /// With what the rules for several procedures looked at.
  fileprivate var fullExplanation: RuleExplanation {
    RuleExplanation(explanation.rule, explanation.inputs + (ruled?.explanations.flatMap(\.inputs) ?? []))
  }
}
