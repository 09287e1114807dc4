/// Days from `first` to `last`, both included.
package struct DateRange: Hashable, Sendable, Codable {
  package let first: CalendarDate
  package let last: CalendarDate

  /// Nil when `last` lies before `first`.
  package init?(_ first: CalendarDate, through last: CalendarDate) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  package init(_ day: CalendarDate) {
    first = day
    last = day
  }

  package func contains(_ day: CalendarDate) -> Bool { first <= day && day <= last }

  package func overlaps(_ other: DateRange) -> Bool { first <= other.last && other.first <= last }

  /// Every day, in order.
  package var days: [CalendarDate] {
    first == last ? [first] : (first.dayNumber...last.dayNumber).compactMap(CalendarDate.init(dayNumber:))
  }
}
