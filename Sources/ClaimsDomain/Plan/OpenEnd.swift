extension CalendarDate {
  /// The end of coverage, or of a fee, that has no end.
  package static let openEnd = CalendarDate(lastDayOf: 9999)

  /// Every year has a 31 December, so this one cannot fail.
  private init(lastDayOf year: Int) {
    self.year = year
    month = 12
    day = 31
  }
}
