/// PR-1: what the member pays before the plan does, until the year's deductible is met. A benefit may waive it.
struct Deductible {
  func share(of open: Money, under terms: CostShareTerms, _ year: YearToDate) throws(MoneyError) -> MemberShare? {
    guard !terms.waivesDeductible else { return nil }
    let left = try terms.deductible.left(
      coversFamily: year.coverage.coversFamily, member: year.deductible.member, family: year.deductible.family)
    let amount = min(open, left)
    guard amount != .zero else { return nil }
    return MemberShare(
      .deductible, amount, by: .deductible, RuleInput("of", open), RuleInput("deductible left", left))
  }
}
