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
  ///   - paid: What other claims of the patient and provider were allowed on those days: it is paid already, so it
  ///     denies and is never denied.
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    var denials: [Int: Denial] = [:]
    for line in lines {
      guard let edits = editions[line.day] else { continue }
      // The first by code, so that the order of the lines does not show in the answer.
      let others = (lines.filter { $0.number != line.number } + paid).filter { $0.day == line.day }
      let stronger = others.filter { other in
        guard let indicator = edits.modifierIndicator(column1: other.code, column2: line.code, on: line.day) else {
          return false
        }
        return indicator != .allowed || line.modifiers.union(other.modifiers).isDisjoint(with: Self.associatedModifiers)
      }
      guard let other = stronger.min(by: { ($0.code, $0.number) < ($1.code, $1.number) }),
        let indicator = edits.modifierIndicator(column1: other.code, column2: line.code, on: line.day)
      else { continue }
      denials[line.number] = Denial(
        .contractual, "236", by: "ncci.ptp", RuleInput("column 1", other.code), RuleInput("column 2", line.code),
        RuleInput("modifier indicator", indicator.rawValue))
    }
    return denials
  }
}
