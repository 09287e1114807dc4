/// The maximum plausible units of a code for one provider, one patient, and one day (NCCI policy manual, chapter I,
/// section V; Claims Processing Manual, chapter 23, section 20.9.3).
package struct MedicallyUnlikelyEdit: Hashable, Sendable {
  package let code: String
  package let units: Int
  package let adjudication: Adjudication

  /// MAI, the MUE adjudication indicator.
  package enum Adjudication: Int, Hashable, Sendable, CaseIterable {
    /// Each line of the claim is checked by itself.
    case line = 1
    /// All units of the day are counted; by statute, regulation, or anatomy, no more can be correct.
    case dateOfServicePolicy = 2
    /// All units of the day are counted; more is possible, and an appeal may show it.
    case dateOfServiceClinical = 3
  }

  package init(code: String, units: Int, adjudication: Adjudication) {
    self.code = code
    self.units = units
    self.adjudication = adjudication
  }
}

/// One quarter's MUEs for one setting, by code.
package typealias MedicallyUnlikelyEdits = [String: MedicallyUnlikelyEdit]

/// CO-151 with N362: The units exceed an MUE. MAI 1 considers each line by itself; MAI 2 and 3 add up the units of the
/// day and deny every line with that code on the day (NCCI policy manual, chapter I, section V; Claims Processing
/// Manual, chapter 23, section 20.9.3).
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

  /// Returns denials by line number.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be paid.
  ///   - paid: What other claims were allowed for these `CareDay`s. These lines count toward the day but are not
  ///     denied.
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    let (own, before) = (Self.units(of: lines), Self.units(of: paid))
    var denials: [Int: Denial] = [:]
    for line in lines {
      guard let edit = editions[line.day]?[line.code] else { continue }
      let isOfLine = edit.adjudication == .line
      let earlier = isOfLine ? nil : before[CodeAndDay(line)]
      let counted = (isOfLine ? line.units : own[CodeAndDay(line)] ?? line.units).capped(adding: earlier)
      guard counted > Units(edit.units) else { continue }
      var denial = Denial(
        by: .unitsOfDay, RuleInput("code", line.code),
        RuleInput("units", counted), RuleInput("MUE", edit.units), RuleInput("MAI", edit.adjudication.rawValue))
      if let earlier {
        denial.explanation.inputs += [
          RuleInput("allowed before", earlier), RuleInput("other claims", Self.claims(of: paid, with: line)),
        ]
      }
      denials[line.number] = denial
    }
    return denials
  }

  private static func units(of lines: [EditedLine]) -> [CodeAndDay: Units] {
    lines.reduce(into: [:]) { sums, line in
      sums[CodeAndDay(line)] = line.units.capped(adding: sums[CodeAndDay(line)])
    }
  }

  private static func claims(of paid: [EditedLine], with line: EditedLine) -> String {
    let claims = paid.filter { CodeAndDay($0) == CodeAndDay(line) }.compactMap(\.allowedOn)
    return Set(claims.map(\.text)).sorted().joined(separator: " ")
  }
}

extension Units {
  /// Adds the units, capping at the 64-bit maximum, which exceeds any MUE.
  fileprivate func capped(adding other: Units?) -> Units {
    let (sum, overflow) = thousandths.addingReportingOverflow(other?.thousandths ?? 0)
    return overflow ? Units(thousandths: .max) : Units(thousandths: sum)
  }
}
