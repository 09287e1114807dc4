/// What a member is asked for on one line, in the order it was asked.
struct LineShares {
  private(set) var shares: [MemberShare] = []
  /// What is above a benefit's limit: the member's, and no cost sharing.
  private(set) var excess: Adjustment?
  private(set) var total = Money.zero
  /// The copay that was asked, before the out-of-pocket maximum and other payers: what the visit has used of it.
  var copay: Money?

  mutating func ask(_ share: MemberShare) throws(MoneyError) {
    total = try total + share.amount
    shares.append(share)
  }

  mutating func ask(_ excess: Adjustment) throws(MoneyError) {
    total = try total + excess.amount
    self.excess = excess
  }

  func credit() throws(MoneyError) -> CostShareCredit {
    CostShareCredit(
      deductible: try shares.lazy.filter { $0.kind == .deductible }.map(\.amount).total(),
      outOfPocket: try shares.lazy.map(\.amount).total())
  }

  /// Forgives the last that was asked first, as the out-of-pocket maximum does.
  mutating func forgive(to most: Money) throws(MoneyError) {
    var over = max(.zero, try total - most)
    total = try total - over
    if let amount = excess?.amount {
      let cut = min(over, amount)
      excess?.amount = try amount - cut
      over = try over - cut
    }
    for index in shares.indices.reversed() where over != .zero {
      let cut = min(over, shares[index].amount)
      shares[index].explanation.inputs.append(RuleInput("before other payers", shares[index].amount))
      shares[index].amount = try shares[index].amount - cut
      over = try over - cut
    }
  }
}
