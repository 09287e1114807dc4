package import ClaimsDomain

/// When something was written, to the minute. Always a parameter: equal input gives equal bytes.
package struct X12Moment: Hashable, Sendable {
  package let date: CalendarDate
  package let hour: Int
  package let minute: Int

  /// Nil for a time that is not on the clock.
  package init?(_ date: CalendarDate, hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    self.date = date
    self.hour = hour
    self.minute = minute
  }

  package init(midnightOf date: CalendarDate) {
    self.date = date
    hour = 0
    minute = 0
  }

  /// HHMM.
  var time: String { "\(hour < 10 ? "0" : "")\(hour)\(minute < 10 ? "0" : "")\(minute)" }
}
