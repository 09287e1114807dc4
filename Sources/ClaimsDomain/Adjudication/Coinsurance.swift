/// PR-2: the member's percentage of what deductible and copay left, half up to the cent on each line.
struct Coinsurance {
  func share(of open: Money, for line: CoveredLine) throws(MoneyError) -> MemberShare? {
    let rate = line.benefit?.coinsurance ?? line.terms.plan.coinsurance
    let amount = try rate.of(open)
    guard amount != .zero else { return nil }
    return MemberShare(
      .coinsurance, amount, by: "cost-share.coinsurance", RuleInput("rate", rate), RuleInput("of", open))
  }
}
