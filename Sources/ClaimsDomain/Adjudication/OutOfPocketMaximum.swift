/// Past the year's maximum the member owes nothing, and the plan pays it (45 CFR 156.130).
///
/// Shares meet the maximum in the order they are taken, so what it forgives is the last share first: coinsurance, then
/// whichever of copay and deductible the plan takes second.
struct OutOfPocketMaximum {
  /// Nil when nothing is left to ask for.
  func limit(_ share: MemberShare, under terms: CostShareTerms, _ year: YearToDate) throws(MoneyError) -> MemberShare? {
    let left = try terms.outOfPocketMaximum.left(
      coversFamily: year.coverage.coversFamily, member: year.outOfPocket.member, family: year.outOfPocket.family)
    guard share.amount > left else { return share }
    guard left != .zero else { return nil }
    var limited = share
    limited.amount = left
    limited.explanation.inputs += [
      RuleInput("before the maximum", share.amount), RuleInput("out-of-pocket maximum left", left),
    ]
    return limited
  }
}
