/// Codes against the tables of the day, edit by edit: a line that one denies is not seen by the next, so that it neither
/// denies another nor carries an add-on.
struct CodeEditing {
  let claim: SubmittedClaim
  let tables: ReferenceTables
  /// What other claims were allowed of the claim's `CareDay`s: they are looked at as if on this claim.
  let allowedElsewhere: [EditedLine]

  /// - Throws: `AdjudicationFailure.suspended` where a plan asks for an edit of which there is no table for the day.
  func check(_ lines: [Passage<CoveredLine>]) throws(AdjudicationFailure) -> [Passage<CoveredLine>] {
    guard lines.contains(where: { $0.line.map { !$0.terms.plan.edits.isEmpty } ?? false }) else { return lines }
    var passages = lines
    for edit in CodeEdit.allCases {
      let open = passages.open().filter { $0.terms.plan.edits.contains(edit) }
      guard !open.isEmpty else { continue }
      let denials = try denials(of: open, by: edit)
      guard !denials.isEmpty else { continue }
      passages = try passages.onward { line throws(AdjudicationFailure) in
        guard let denial = denials[line.line.number], !line.waived.contains(.rule(denial.explanation.rule)) else {
          return .open(line)
        }
        return try .denying(line.line, for: denial)
      }
    }
    return passages
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

  /// An edit that cannot be made is not passed over: the claim waits for the table.
  private func requireTable<Table>(
    _ editions: Editions<Table>, on days: [CalendarDate]
  ) throws(AdjudicationFailure) {
    guard days.allSatisfy({ editions[$0] != nil }) else { throw .suspended(Suspense(.noTableForDay)) }
  }
}

extension EditedLine {
  /// The line on each of its days.
  static func days(of line: CoveredLine) -> [EditedLine] {
    line.days.days.compactMap { EditedLine(line.line, on: $0) }
  }
}

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
