/// A line with a price, before the member's share is taken from it.
struct PricedLine {
  let covered: CoveredLine
  /// The plan's price, which may be above the charge: the lesser of both is allowed.
  let price: Money
  let explanation: RuleExplanation
}
