/// By how many days an annual rate is divided.
package enum YearLength: String, Sendable, Codable, CaseIterable {
  /// 365, and 366 in a leap year (Claims Processing Manual, chapter 1, section 80.2.2).
  case calendar
  /// 360: twelve months of thirty days (5 CFR 1315.17).
  case banking = "360"

  func days(in year: Int) -> Int {
    switch self {
    case .calendar: CalendarDate(year: year, month: 2, day: 29) == nil ? 365 : 366
    case .banking: 360
    }
  }
}
