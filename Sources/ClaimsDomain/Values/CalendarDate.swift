/// A day of the Gregorian calendar without time or time zone. Dates of service, birth, and coverage are days, not
/// instants.
package struct CalendarDate: Hashable, Comparable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Returns nil for a day that does not exist (2025-02-29, 2025-13-01) or is outside 1800...9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1800...9999).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.dayNumber < right.dayNumber }

  /// The number of days since 1970-01-01, by the civil-calendar algorithm with years that begin in March.
  package var dayNumber: Int {
    let shiftedYear = month > 2 ? year : year - 1
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Returns nil when the day is outside 1800...9999.
  package init?(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    guard shifted > 0 else { return nil }
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The same day of a later year; for February 29, the 28th if that year has no 29th.
  package func adding(years: Int) -> CalendarDate {
    CalendarDate(year: year + years, month: month, day: day)
      ?? CalendarDate(year: year + years, month: month, day: 28) ?? self
  }

  package func days(since earlier: CalendarDate) -> Int { dayNumber - earlier.dayNumber }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

extension CalendarDate: CustomStringConvertible, Codable {
  /// The date in ISO 8601 form, such as `2026-03-09`.
  package var description: String { "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))" }

  /// Reads `2026-03-09` and the X12 D8 form `20260309`; returns nil for any other text and for days that do not exist.
  package init?(parsing text: some StringProtocol) {
    var digits: [Int] = []
    for (position, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(Int(byte - UInt8(ascii: "0")))
      case UInt8(ascii: "-") where text.utf8.count == 10 && (position == 4 || position == 7): continue
      default: return nil
      }
    }
    guard digits.count == 8 else { return nil }
    let number = digits.reduce(0) { $0 * 10 + $1 }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(parsing: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day of the calendar (YYYY-MM-DD)")
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
