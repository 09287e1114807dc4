/// Of several procedures of one day the highest is paid in full and the others in part: 100, 50, 50, 50, 50 %. Rank goes
/// by fee, not by where modifier 51 stands (CMS MPFS RVU file layout, MULT PROC 2; Claims Processing Manual, chapter 12,
/// section 40.6). What is not subject to it, add-on codes among them, has another indicator and is left alone.
struct MultipleProcedureRule {
  let rates: PaymentRuleRates

  /// - Parameter groups: The procedures of one day and role, a family of endoscopies together.
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
  func ranked(_ groups: [[SurgicalProcedure]]) throws(MoneyError) -> [SurgicalProcedure] {
    var ranking: [(total: ExactAmount, number: Int, group: [SurgicalProcedure])] = []
    var done: [SurgicalProcedure] = []
    for group in groups {
      guard group.contains(where: \.isRanked) else {
        done += group
        continue
      }
      var total = ExactAmount(.zero)
      for procedure in group { total = try total.plus(procedure.amount) }
      ranking.append((total, group.map(\.number).min() ?? 0, group))
    }
    ranking.sort { ($1.total, $0.number) < ($0.total, $1.number) }
    for (rank, entry) in ranking.enumerated() {
      for procedure in entry.group { done.append(try cut(procedure, rank: rank, of: ranking.count)) }
    }
    return done
  }

  private func cut(
    _ procedure: SurgicalProcedure, rank: Int, of count: Int
  ) throws(MoneyError) -> SurgicalProcedure {
    guard count > 1, !procedure.isIncludedBase else { return procedure }
    var procedure = procedure
    let rate = rates.multipleProcedure(rank: rank)
    procedure.amount = try procedure.amount.times(rate)
    procedure.explanations.append(
      RuleExplanation(
        .surgeryMultiple, [RuleInput("rank", rank + 1), RuleInput("of", count), RuleInput("rate", rate)]))
    if rank >= rates.multipleProcedures.count { procedure.review = .moreThanFiveProcedures }
    return procedure
  }
}
