/// A line must be supported by diagnoses that are billable on its day: leaves of ICD-10-CM, such as E119; E11 is a
/// heading (ICD-10-CM Official Guidelines, section I.B.2; Claims Processing Manual, chapter 23, section 10).
///
/// The denial is CO-146 when the code was billable, but not on that day, and CO-16 with M76 when it never was, or when
/// the line points to a diagnosis that the claim does not have.
package struct DiagnosisRule: Sendable {
  private let editions: Editions<CodeList>

  package init(_ editions: Editions<CodeList>) {
    self.editions = editions
  }

  /// Returns denials by line number. A line that points to no diagnosis relies on all of the claim's diagnoses.
  ///
  /// - Parameter diagnoses: The claim's diagnoses, without dots, principal first.
  package func denials(of lines: [EditedLine], diagnoses: [String]) -> [Int: Denial] {
    var denials: [Int: Denial] = [:]
    for line in lines {
      guard let codes = editions[line.day] else { continue }
      let pointers = line.diagnosisPointers.isEmpty ? Array(1...max(1, diagnoses.count)) : line.diagnosisPointers
      denials[line.number] =
        pointers.lazy.compactMap { pointer in
          guard pointer >= 1, pointer <= diagnoses.count else {
            return Denial(by: .diagnosisMissing, RuleInput("diagnosis pointer", pointer))
          }
          return denial(of: diagnoses[pointer - 1], among: codes, on: line.day)
        }.first
    }
    return denials
  }

  private func denial(of diagnosis: String, among codes: CodeList, on day: CalendarDate) -> Denial? {
    guard !codes.contains(diagnosis) else { return nil }
    if editions.contains(where: { $0.contains(diagnosis) }) {
      return Denial(
        by: .diagnosisNotOnTheDay, RuleInput("diagnosis", diagnosis),
        RuleInput("date of service", day))
    }
    return Denial(by: .diagnosisNotBillable, RuleInput("diagnosis", diagnosis))
  }
}

/// CO-16 with M77: A place of service that CMS does not list (Claims Processing Manual, chapter 26, section 10.5). On
/// an institutional claim, the type of bill gives the place.
package struct PlaceOfServiceRule: Sendable {
  private let editions: Editions<CodeList>

  package init(_ editions: Editions<CodeList>) {
    self.editions = editions
  }

  /// Returns nil when the place is known, or when no edition covers the day.
  package func denial(of line: ServiceLine, on day: CalendarDate) -> Denial? {
    guard let codes = editions[day], !codes.contains(line.placeOfService) else { return nil }
    return Denial(
      by: .placeOfServiceUnknown, RuleInput("place of service", line.placeOfService))
  }
}
