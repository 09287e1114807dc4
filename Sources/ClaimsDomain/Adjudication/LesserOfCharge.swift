/// The plan allows its price or the charge, whichever is less. What a provider charges above the price is written off
/// by contract: CO-45. A provider out of the network has no contract, and bills it to the member: PR-45, balance billing,
/// which is no cost sharing and counts to nothing (45 CFR 155.20, "cost sharing").
struct LesserOfCharge {
  /// - Throws: `AdjudicationFailure.amount` when the difference leaves 64 bits.
  func allow(_ priced: PricedLine) throws(AdjudicationFailure) -> Passage<AllowedLine> {
    let line = priced.covered.line
    let allowed = min(priced.price, line.charge)
    var ledger = LineLedger(line)
    do {
      let excess = try line.charge - allowed
      switch (priced.covered.network, priced.covered.prior) {
      case (.inNetwork, _):
        try ledger.take(Adjustment(.contractual, "45", amount: excess, by: priced.explanation))
      case (.outOfNetwork, let prior):
        // What the payers before us settled is not billed to the member again.
        let billed = min(excess, max(.zero, try (prior?.memberOwes ?? line.charge) - allowed))
        try ledger.take(Adjustment(.patientResponsibility, "45", amount: billed, by: priced.explanation))
        try ledger.take(Adjustment(.other, "23", amount: excess - billed, by: priced.explanation))
      }
    } catch {
      throw .amount(error)
    }
    return .open(AllowedLine(covered: priced.covered, ledger: ledger, allowed: allowed))
  }
}
