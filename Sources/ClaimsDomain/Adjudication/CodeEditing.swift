/// Checks codes against the tables for the day, one edit at a time. Once an edit denies a line, later edits don't see
/// it, so it neither denies another line nor supports an add-on.
struct CodeEditing {
  let claim: SubmittedClaim
  let tables: ReferenceTables
  /// What other claims were allowed for the claim's `CareDay`s. These lines are treated as if they were on this claim.
  let allowedElsewhere: [EditedLine]

  /// - Throws: `AdjudicationFailure.suspended` when a plan requires an edit that has no table for the day.
  func check(_ lines: [LineProgress<CoveredLine>]) throws(AdjudicationFailure) -> [LineProgress<CoveredLine>] {
    guard lines.contains(where: { $0.line.map { !$0.terms.plan.edits.isEmpty } ?? false }) else { return lines }
    var progress = lines
    for edit in CodeEdit.allCases {
      let open = progress.open().filter { $0.terms.plan.edits.contains(edit) }
      guard !open.isEmpty else { continue }
      let denials = try denials(of: open, by: edit)
      guard !denials.isEmpty else { continue }
      progress = try progress.onward { line throws(AdjudicationFailure) in
        guard let denial = denials[line.line.number], !line.waived.contains(.rule(denial.explanation.rule)) else {
          return .open(line)
        }
        return try .denying(line.line, for: denial)
      }
    }
    return progress
  }

  private func denials(of lines: [CoveredLine], by edit: CodeEdit) throws(AdjudicationFailure) -> [Int: Denial] {
    switch edit {
    case .diagnosis:
      try requireTable(tables.diagnoses, on: lines.map(\.day))
      let all = lines.map { EditedLine(anyLine: $0.line, on: $0.day) }
      return DiagnosisRule(tables.diagnoses).denials(of: all, diagnoses: claim.diagnoses)
    case .placeOfService:
      guard claim.kind == .professional else { return [:] }
      try requireTable(tables.placesOfService, on: lines.map(\.day))
      let rule = PlaceOfServiceRule(tables.placesOfService)
      return Dictionary(
        uniqueKeysWithValues: lines.compactMap { line in
          rule.denial(of: line.line, on: line.day).map { (line.line.number, $0) }
        })
    case .procedureToProcedure:
      guard let setting = CodeEditSetting(claim) else { return [:] }
      let pairs = tables.pairs[setting] ?? Editions([])
      let edited = try edited(lines, by: pairs)
      return ProcedureToProcedureRule(pairs).denials(of: edited, besides: allowedElsewhere)
    case .addOn:
      let edited = try edited(lines, by: tables.addOns)
      return AddOnCodeRule(tables.addOns).denials(of: edited, besides: allowedElsewhere)
    case .medicallyUnlikely:
      guard let setting = CodeEditSetting(claim) else { return [:] }
      let units = tables.units[setting] ?? Editions([])
      let edited = try edited(lines, by: units)
      return MedicallyUnlikelyRule(units).denials(of: edited, besides: allowedElsewhere)
    }
  }

  private func edited<Table>(
    _ lines: [CoveredLine], by editions: Editions<Table>
  ) throws(AdjudicationFailure) -> [EditedLine] {
    let withProcedure = lines.filter { $0.line.procedure != nil }
    let edited = withProcedure.flatMap(EditedLine.days)
    try requireTable(editions, on: edited.map(\.day))
    return edited
  }

  /// An edit that cannot be performed is not skipped: the claim waits for the table.
  private func requireTable<Table>(
    _ editions: Editions<Table>, on days: [CalendarDate]
  ) throws(AdjudicationFailure) {
    guard days.allSatisfy({ editions[$0] != nil }) else { throw .suspended(Suspense(.noTableForDay)) }
  }
}

extension EditedLine {
  /// One edited line for each of the line's days.
  static func days(of line: CoveredLine) -> [EditedLine] {
    line.days.days.compactMap { EditedLine(line.line, on: $0) }
  }
}

/// NCCI pairs in which the column 2 code was allowed on another claim before the column 1 code arrived. The money to
/// recover is on the other claim, and a decision about one claim moves no money on another. So this claim waits for a
/// person, who lets it proceed and then has the other claim decided again (`ProcedureToProcedureRule` denies the line
/// there).
///
/// A claim that a person has let proceed does not wait for the claims that the person compared it with.
struct ColumnTwoElsewhere {
  let claim: SubmittedClaim
  let tables: ReferenceTables
  /// What other claims were allowed for the claim's `CareDay`s.
  let allowed: [EditedLine]

  /// - Parameter lines: The lines after the earlier rules; only the open ones, which are to be paid, are compared.
  /// - Throws: `AdjudicationFailure.suspended` when a person has to review the claim.
  func check(_ lines: [LineProgress<CoveredLine>]) throws(AdjudicationFailure) {
    let uncompared = claim.uncompared(Set(allowed.compactMap(\.allowedOn)), for: .columnTwoElsewhere)
    guard !uncompared.isEmpty,
      let setting = CodeEditSetting(claim), let pairs = tables.pairs[setting]
    else { return }
    let open = lines.open().filter { $0.terms.plan.edits.contains(.procedureToProcedure) }
    let edited = open.flatMap(EditedLine.days)
    let columnTwo = ProcedureToProcedureRule(pairs).columnTwo(of: edited, among: allowed)
    let others = uncompared.intersection(columnTwo.compactMap(\.allowedOn))
    guard !others.isEmpty else { return }
    throw .suspended(Suspense(.columnTwoElsewhere, beside: others.sorted()))
  }
}
