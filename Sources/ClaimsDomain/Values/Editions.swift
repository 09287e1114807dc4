/// A table that is published anew, each edition for some days: the one that counts is that of the day of service, not
/// of the day on which a claim is decided.
package struct Editions<Table: Sendable>: Sendable {
  private let editions: [(days: DateRange, table: Table)]

  /// - Parameter editions: Where two share a day, the one named later counts there, as a correction replaces what it
  ///   corrects.
  package init(_ editions: [(days: DateRange, table: Table)]) {
    self.editions = editions
  }

  /// Nil on a day no edition is for.
  package subscript(day: CalendarDate) -> Table? { editions.last { $0.days.contains(day) }?.table }

  package var isEmpty: Bool { editions.isEmpty }

  package func contains(where condition: (Table) -> Bool) -> Bool { editions.contains { condition($0.table) } }
}
