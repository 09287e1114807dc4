/// PR-2: the member's percentage of what deductible and copay left, half up to the cent on each line.
struct Coinsurance {
  func share(of open: Money, under terms: CostShareTerms) throws(MoneyError) -> MemberShare? {
    let amount = try terms.coinsurance.of(open)
    guard amount != .zero else { return nil }
    return MemberShare(
      .coinsurance, amount, by: .coinsurance, RuleInput("rate", terms.coinsurance), RuleInput("of", open))
  }
}
