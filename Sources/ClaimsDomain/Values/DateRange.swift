/// The days from `first` to `last`, inclusive.
package struct DateRange: Hashable, Sendable, Codable {
  package let first: CalendarDate
  package let last: CalendarDate

  /// Returns nil when `last` is before `first`.
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

/// A table published in editions, each for certain days. The edition for the day of service applies, not the one for
/// the day on which a claim is decided.
package struct Editions<Table: Sendable>: Sendable {
  private let editions: [(days: DateRange, table: Table)]

  /// - Parameter editions: The editions. If two share a day, the later one in the array applies on that day, as a
  ///   correction replaces what it corrects.
  package init(_ editions: [(days: DateRange, table: Table)]) {
    self.editions = editions
  }

  /// The edition for a day; nil when there is none.
  package subscript(day: CalendarDate) -> Table? { editions.last { $0.days.contains(day) }?.table }

  package var isEmpty: Bool { editions.isEmpty }

  package func contains(where condition: (Table) -> Bool) -> Bool { editions.contains { condition($0.table) } }
}
