/// The plan allows its price or the charge, whichever is less. What a provider charges above the price is written off
/// by contract: CO-45.
struct LesserOfCharge {
  /// - Throws: `AdjudicationFailure.amount` when the difference leaves 64 bits.
  func allow(_ priced: PricedLine) throws(AdjudicationFailure) -> Passage<AllowedLine> {
    let line = priced.covered.line
    let allowed = min(priced.price, line.charge)
    var ledger = LineLedger(line)
    do {
      try ledger.take(Adjustment(.contractual, "45", amount: line.charge - allowed, by: priced.explanation))
    } catch {
      throw .amount(error)
    }
    return .open(AllowedLine(covered: priced.covered, ledger: ledger, allowed: allowed))
  }
}
