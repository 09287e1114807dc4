package import ClaimsDomain
package import DurableExecution

extension Timestamp {
  /// The day in UTC.
  package var day: CalendarDate {
    let dayMicroseconds: Int64 = 86_400_000_000
    let (days, rest) = microseconds.quotientAndRemainder(dividingBy: dayMicroseconds)
    return CalendarDate(dayNumber: Int(rest < 0 ? days - 1 : days)) ?? .openEnd
  }
}
