import ClaimsDomain

extension CalendarDate {
  /// As in a letter: `March 9, 2026`.
  var written: String { "\(monthName) \(day), \(year)" }

  /// As in a table: `Mar 9, 2026`.
  var abbreviated: String { "\(monthName.prefix(3)) \(day), \(year)" }

  private var monthName: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return names[month - 1]
  }
}

extension DateRange {
  /// One day, or `March 9, 2026 to March 11, 2026`.
  var written: String { first == last ? first.written : "\(first.written) to \(last.written)" }

  var abbreviated: String { first == last ? first.abbreviated : "\(first.abbreviated) to \(last.abbreviated)" }
}
