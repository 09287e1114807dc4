import ClaimsDomain
import Testing

@Suite("Days")
struct CalendarDateTests {
  @Test(
    "Days that do not exist are refused",
    arguments: [
      "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2026-1-1", "20260101x",
      "2026/01/01", "1799-12-31", "", "2026-0101",
    ])
  func invalid(text: String) {
    #expect(CalendarDate(parsing: text) == nil)
  }

  @Test("Leap days and X12's D8 form are read", arguments: ["2024-02-29", "2000-02-29", "20240229"])
  func valid(text: String) {
    #expect(CalendarDate(parsing: text)?.day == 29)
  }

  @Test("Known days have known numbers", arguments: [("1970-01-01", 0), ("2000-03-01", 11_017), ("1969-12-31", -1)])
  func dayNumber(text: String, number: Int) throws {
    #expect(try Sample.day(text).dayNumber == number)
  }

  @Test("From 1800 to 9999, every 97th day is read back from its number and from its text")
  func roundTrip() throws {
    let first = try Sample.day("1800-01-01").dayNumber
    let last = CalendarDate.openEnd.dayNumber
    for number in stride(from: first, through: last, by: 97) {
      let day = try #require(CalendarDate(dayNumber: number))
      #expect(day.dayNumber == number)
      #expect(CalendarDate(parsing: day.description) == day)
    }
    #expect(CalendarDate(dayNumber: last)?.description == "9999-12-31")
    #expect(CalendarDate(dayNumber: first - 1) == nil)
    #expect(CalendarDate(dayNumber: last + 1) == nil)
  }
}
