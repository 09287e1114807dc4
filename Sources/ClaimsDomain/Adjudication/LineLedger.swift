/// A line's charge while it is shared out. What a rule takes is no longer open, and what is open at the end is paid:
/// charge = paid + Σ adjustments holds by construction, whatever the rules do.
struct LineLedger {
  let line: ServiceLine
  /// What no rule has taken.
  private(set) var open: Money
  private(set) var adjustments: [Adjustment] = []

  init(_ line: ServiceLine) {
    self.line = line
    open = line.charge
  }

  /// Takes no more than is open, and nothing at all when the amount is zero.
  mutating func take(_ adjustment: Adjustment) throws(MoneyError) {
    var taken = adjustment
    taken.amount = min(adjustment.amount, open)
    guard taken.amount != .zero else { return }
    open = try open - taken.amount
    adjustments.append(taken)
  }

  /// Gives back a part of what was taken, of the last that was taken first.
  mutating func giveBack(_ amount: Money) throws(MoneyError) {
    var left = amount
    for index in adjustments.indices.reversed() where left > .zero {
      let part = min(left, adjustments[index].amount)
      adjustments[index].amount = try adjustments[index].amount - part
      left = try left - part
      open = try open + part
    }
    adjustments.removeAll { $0.amount == .zero }
  }

  /// - Throws: `BalanceError` when the charge is below zero, or a rule took from the line what it may not.
  func settled(
    allowed: Money, network: NetworkStatus, use: BenefitUse?, credit: CostShareCredit?
  ) throws(BalanceError) -> LineDecision {
    try LineDecision(
      number: line.number, code: line.code, charge: line.charge, allowed: allowed, paid: open,
      adjustments: adjustments, isDenied: false, network: network, use: use, credit: credit)
  }
}
