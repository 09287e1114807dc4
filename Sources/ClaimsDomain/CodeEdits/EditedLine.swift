/// A line as the code edits see it: one code, given on one day. A line that spans several days becomes one of these for
/// each day.
package struct EditedLine: Hashable, Sendable {
  package let number: Int
  package let code: String
  package let modifiers: Set<String>
  package let day: CalendarDate
  /// The units of one day. Units of a line that spans several days are divided among them (CMS, MUE FAQ) and rounded
  /// up. One when the line counts minutes.
  package let units: Units
  /// Positions in the claim's diagnoses, starting at 1.
  package let diagnosisPointers: [Int]
  /// The other claim on which this line was allowed; nil for a line of the claim that is being decided.
  package let allowedOn: ClaimIntakeID?

  /// Returns nil for a line without a procedure, because no pair, add-on, or MUE applies to a revenue code.
  package init?(_ line: ServiceLine, on day: CalendarDate, allowedOn claim: ClaimIntakeID? = nil) {
    guard line.procedure != nil else { return nil }
    self.init(anyLine: line, on: day, allowedOn: claim)
  }

  /// Accepts any line, because every line relies on a diagnosis.
  init(anyLine line: ServiceLine, on day: CalendarDate, allowedOn claim: ClaimIntakeID? = nil) {
    number = line.number
    code = line.code
    modifiers = Set(line.procedure?.modifiers ?? [])
    self.day = day
    // The minutes of one service are not a number of services.
    units = line.basis == .minutes ? .one : line.serviceDates.map { line.units.perDay(of: $0) } ?? line.units
    diagnosisPointers = line.diagnosisPointers
    allowedOn = claim
  }
}

extension Units {
  fileprivate func perDay(of dates: DateRange) -> Units {
    let days = Int64(dates.last.days(since: dates.first) + 1)
    guard days > 1 else { return self }
    let (quotient, remainder) = thousandths.quotientAndRemainder(dividingBy: days)
    return Units(thousandths: quotient + (remainder > 0 ? 1 : 0))
  }
}
