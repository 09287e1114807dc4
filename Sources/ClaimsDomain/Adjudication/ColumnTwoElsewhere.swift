/// NCCI's pairs, where the code in column 2 was allowed on another claim before the one in column 1 came. It is the other
/// claim whose money would have to come back, and a decision about one claim moves no money of another. So this claim
/// waits for a person, who lets it go on and then has the other decided again (`ProcedureToProcedureRule` denies it there).
///
/// Not waited for is a claim that a person has let go on.
struct ColumnTwoElsewhere {
  let claim: SubmittedClaim
  let tables: ReferenceTables
  /// What other claims were allowed of the claim's `CareDay`s.
  let allowed: [EditedLine]

  /// - Parameter lines: those that are to be paid: one that is denied stands beside nothing.
  /// - Throws: `AdjudicationFailure.suspended` where a person has to look.
  func check(_ lines: [Passage<CoveredLine>]) throws(AdjudicationFailure) {
    guard !allowed.isEmpty, !claim.waives(.wait(.columnTwoElsewhere)),
      let setting = CodeEditSetting(claim), let pairs = tables.pairs[setting]
    else { return }
    let open = lines.open().filter { $0.terms.plan.edits.contains(.procedureToProcedure) }
    let edited = open.flatMap(EditedLine.days)
    guard let other = ProcedureToProcedureRule(pairs).columnTwo(of: edited, among: allowed) else { return }
    throw .suspended(Suspense(.columnTwoElsewhere, beside: [other.allowedOn].compactMap(\.self)))
  }
}
