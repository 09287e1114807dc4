/// CO-236: of two codes that NCCI does not let be paid together on one day to one provider, the one in column 2 is
/// denied, unless the edit allows a modifier and one says that the services were apart.
package struct ProcedureToProcedureRule: Sendable {
  private let editions: Editions<ProcedureToProcedureEdits>

  package init(_ editions: Editions<ProcedureToProcedureEdits>) {
    self.editions = editions
  }

  /// NCCI PTP-associated modifiers (NCCI policy manual, chapter I, section E): anatomic, global surgery, and others. They
  /// count on either code of the pair, as 59 and its finer forms XE, XS, XP, XU do since 2019-07-01 (CR 11168).
  private static let associatedModifiers: Set<String> = [
    "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4",
    "T5", "T6", "T7", "T8", "T9", "LT", "RT", "LC", "LD", "RC", "LM", "RI", "24", "25", "57", "58", "78", "79", "27",
    "59", "91", "XE", "XS", "XP", "XU",
  ]

  /// Denials by line number.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be paid.
  ///   - paid: What other claims were allowed of these `CareDay`s: it is paid already, so it denies and is never denied
  ///     here (`columnTwo(of:among:)`).
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    var denials: [Int: Denial] = [:]
    for line in lines {
      let others = lines.filter { $0.number != line.number } + paid
      guard let other = Self.first(of: others.filter { indicator(column1: $0, column2: line) != nil }),
        let indicator = indicator(column1: other, column2: line)
      else { continue }
      var denial = Denial(
        .contractual, "236", by: .procedurePair, RuleInput("column 1", other.code), RuleInput("column 2", line.code),
        RuleInput("modifier indicator", indicator.rawValue))
      if let claim = other.allowedOn { denial.explanation.inputs.append(RuleInput("other claim", claim)) }
      denials[line.number] = denial
    }
    return denials
  }

  /// Of what other claims were allowed, a line that would be denied if it stood beside these on one claim; nil when
  /// there is none.
  package func columnTwo(of lines: [EditedLine], among paid: [EditedLine]) -> EditedLine? {
    Self.first(of: paid.filter { other in lines.contains { indicator(column1: $0, column2: other) != nil } })
  }

  /// Of the edit that does not let a line be paid beside another; nil where both are paid.
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

  /// By code, so that the order of the lines does not show in the answer; of one code the claim's own.
  private static func first(of lines: [EditedLine]) -> EditedLine? {
    lines.min { ($0.code, $0.allowedOn?.text ?? "", $0.number) < ($1.code, $1.allowedOn?.text ?? "", $1.number) }
  }
}
