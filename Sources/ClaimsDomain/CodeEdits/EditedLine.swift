/// A line as the code edits look at it: one code, given on one day.
package struct EditedLine: Hashable, Sendable {
  package let number: Int
  package let code: String
  package let modifiers: Set<String>
  package let day: CalendarDate
  package let units: Units
  /// Positions in the claim's diagnoses, from 1.
  package let diagnosisPointers: [Int]

  /// Nil for a line without a procedure: no pair, add-on or MUE is about a revenue code.
  package init?(_ line: ServiceLine, on day: CalendarDate) {
    guard line.procedure != nil else { return nil }
    self.init(anyLine: line, on: day)
  }

  /// Every line stands on a diagnosis.
  init(anyLine line: ServiceLine, on day: CalendarDate) {
    number = line.number
    code = line.code
    modifiers = Set(line.procedure?.modifiers ?? [])
    self.day = day
    units = line.units
    diagnosisPointers = line.diagnosisPointers
  }
}
