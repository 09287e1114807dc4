/// A line with a price, before the member's share is taken from it.
struct PricedLine {
  let covered: CoveredLine
  /// The plan's price, which may be above the charge: the lesser of both is allowed.
  let price: Money
  let explanation: RuleExplanation
}

/// A line with what the plan allows for it; the rest of the charge is written off.
struct AllowedLine {
  let covered: CoveredLine
  let ledger: LineLedger
  let allowed: Money
}
