/// CO-236: When NCCI does not allow two codes to be paid together to one provider on one day, the code in column 2 is
/// denied, unless the edit allows a modifier and one says that the services were separate.
package struct ProcedureToProcedureRule: Sendable {
  private let editions: Editions<ProcedureToProcedureEdits>

  package init(_ editions: Editions<ProcedureToProcedureEdits>) {
    self.editions = editions
  }

  /// NCCI PTP-associated modifiers (NCCI policy manual, chapter I, section E): anatomic, global surgery, and others.
  /// They count on either code of the pair, as 59 and its more specific forms XE, XS, XP, XU do since 2019-07-01 (CR
  /// 11168).
  private static let associatedModifiers: Set<String> = [
    "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4",
    "T5", "T6", "T7", "T8", "T9", "LT", "RT", "LC", "LD", "RC", "LM", "RI", "24", "25", "57", "58", "78", "79", "27",
    "59", "91", "XE", "XS", "XP", "XU",
  ]

  /// Returns denials by line number.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be paid.
  ///   - paid: What other claims were allowed for these `CareDay`s. These lines are already paid, so they cause denials
  ///     but are never denied here (`columnTwo(of:among:)`).
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    var denials: [Int: Denial] = [:]
    for line in lines {
      let others = lines.filter { $0.number != line.number } + paid
      guard let other = Self.first(of: others.filter { indicator(column1: $0, column2: line) != nil }),
        let indicator = indicator(column1: other, column2: line)
      else { continue }
      var denial = Denial(
        by: .procedurePair, RuleInput("column 1", other.code), RuleInput("column 2", line.code),
        RuleInput("modifier indicator", indicator.rawValue))
      if let claim = other.allowedOn { denial.explanation.inputs.append(RuleInput("other claim", claim)) }
      denials[line.number] = denial
    }
    return denials
  }

  /// Returns the lines allowed on other claims that would be denied if they were on one claim with these lines.
  package func columnTwo(of lines: [EditedLine], among paid: [EditedLine]) -> [EditedLine] {
    paid.filter { other in lines.contains { indicator(column1: $0, column2: other) != nil } }
  }

  /// The indicator of the edit that does not allow a line to be paid together with another; nil when both are paid.
  private func indicator(
    column1: EditedLine, column2: EditedLine
  ) -> ProcedureToProcedureEdit.ModifierIndicator? {
    guard column1.day == column2.day,
      let indicator = editions[column2.day]?
        .modifierIndicator(column1: column1.code, column2: column2.code, on: column2.day)
    else { return nil }
    guard indicator == .allowed else { return indicator }
    return column1.modifiers.union(column2.modifiers).isDisjoint(with: Self.associatedModifiers) ? indicator : nil
  }

  /// The first line by code, so that the order of the lines does not affect the result; for equal codes, the claim's
  /// own line comes first.
  private static func first(of lines: [EditedLine]) -> EditedLine? {
    lines.min { ($0.code, $0.allowedOn?.text ?? "", $0.number) < ($1.code, $1.allowedOn?.text ?? "", $1.number) }
  }
}
