/// A line as the code edits look at it: one code, given on one day.
package struct EditedLine: Hashable, Sendable {
  package let number: Int
  package let code: String
  package let modifiers: Set<String>
  package let day: CalendarDate
  package let units: Units
  /// Positions in the claim's diagnoses, from 1.
  package let diagnosisPointers: [Int]
  /// The other claim that was allowed it; nil for a line of the claim that is being decided.
  package let allowedOn: ClaimIntakeID?

  /// Nil for a line without a procedure: no pair, add-on or MUE is about a revenue code.
  package init?(_ line: ServiceLine, on day: CalendarDate, allowedOn claim: ClaimIntakeID? = nil) {
    guard line.procedure != nil else { return nil }
    self.init(anyLine: line, on: day, allowedOn: claim)
  }

  /// Every line stands on a diagnosis.
  init(anyLine line: ServiceLine, on day: CalendarDate, allowedOn claim: ClaimIntakeID? = nil) {
    number = line.number
    code = line.code
    modifiers = Set(line.procedure?.modifiers ?? [])
    self.day = day
    units = line.units
    diagnosisPointers = line.diagnosisPointers
    allowedOn = claim
  }
}
