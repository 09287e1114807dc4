/// A line with a price, before the member's share is taken from it.
struct PricedLine {
  let covered: CoveredLine
  /// The plan's price, which may be above the charge: the lesser of both is allowed.
  let price: Money
  let explanation: RuleExplanation
  /// What the rules for several procedures of a day take it as; nil where they have no say.
  var procedure: FeePricedLine?
  /// What they made of it.
  var ruled: RuledLine?

  init(_ covered: CoveredLine, price: Money, by explanation: RuleExplanation, as procedure: FeePricedLine? = nil) {
    self.covered = covered
    self.price = price
    self.explanation = explanation
    self.procedure = procedure
  }
}
