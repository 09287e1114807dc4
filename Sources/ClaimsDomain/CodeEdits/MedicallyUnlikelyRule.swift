/// CO-151 with N362: more units than an MUE lets be believed. MAI 1 looks at each line by itself; 2 and 3 add up the
/// day, and deny every line of the code on it (NCCI policy manual, chapter I, section V; Claims Processing Manual,
/// chapter 23, section 20.9.3).
package struct MedicallyUnlikelyRule: Sendable {
  private let editions: Editions<MedicallyUnlikelyEdits>

  package init(_ editions: Editions<MedicallyUnlikelyEdits>) {
    self.editions = editions
  }

  private struct CodeAndDay: Hashable {
    let code: String
    let day: CalendarDate

    init(_ line: EditedLine) {
      code = line.code
      day = line.day
    }
  }

  /// Denials by line number.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be paid.
  ///   - paid: What other claims of the patient and provider were allowed on those days: it counts to the day.
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    var day: [CodeAndDay: Int64] = [:]
    for line in lines + paid {
      let (sum, overflow) = day[CodeAndDay(line), default: 0].addingReportingOverflow(line.units.thousandths)
      day[CodeAndDay(line)] = overflow ? .max : sum
    }
    var denials: [Int: Denial] = [:]
    for line in lines {
      guard let edit = editions[line.day]?[line.code] else { continue }
      let counted =
        edit.adjudication == .line
        ? line.units : Units(thousandths: day[CodeAndDay(line)] ?? line.units.thousandths)
      guard counted > Units(edit.units) else { continue }
      denials[line.number] = Denial(
        .contractual, "151", remark: "N362", by: "ncci.mue", RuleInput("code", line.code),
        RuleInput("units", counted), RuleInput("MUE", edit.units), RuleInput("MAI", edit.adjudication.rawValue))
    }
    return denials
  }
}
