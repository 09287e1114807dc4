import ClaimsDomain
import Testing

@Suite("Money")
struct MoneyTests {
  @Test(
    "Text in, cents out",
    arguments: [
      ("125", 12_500), ("125.5", 12_550), ("125.50", 12_550), (".5", 50), ("5.", 500), ("-0.05", -5), ("1.230", 123),
      ("0", 0), ("-12", -1_200), ("92233720368547758.07", .max),
    ] as [(String, Int64)])
  func parsing(text: String, cents: Int64) throws {
    #expect(try Money(parsing: text).cents == cents)
  }

  @Test(
    "What is not an amount is refused",
    arguments: ["", "-", ".", "1,000", "1e3", "1.234", "+1", " 1", "1 ", "--1", "1-", "1.2.3", "٣", "NaN", "0x1"])
  func malformed(text: String) {
    #expect(throws: MoneyError.malformed) { try Money(parsing: text) }
  }

  @Test("Past 64 bits it throws, and never wraps round")
  func overflow() {
    let most = Money(cents: .max)
    let cent = Money(cents: 1)
    #expect(throws: MoneyError.overflow) { try most + cent }
    #expect(throws: MoneyError.overflow) { try Money(cents: .min) - cent }
    #expect(throws: MoneyError.overflow) { try most * 2 }
    #expect(throws: MoneyError.overflow) { try Money(cents: .min).negated }
    #expect(throws: MoneyError.overflow) { try [most, cent].total() }
    #expect(throws: MoneyError.overflow) { try Money(parsing: "92233720368547758.08") }
    #expect(throws: MoneyError.overflow) { try BasisPoints(2).of(most) }
    #expect(throws: MoneyError.overflow) { try Units(2).priced(at: most) }
  }

  @Test(
    "Two decimals always", arguments: [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (12_345, "123.45"), (-100, "-1.00")])
  func text(cents: Int64, text: String) {
    #expect(Money(cents: cents).description == text)
  }

  @Test("Text and back is the same amount", arguments: Seeds.all)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let amount = Money(cents: Int64.random(in: -Int64.max...Int64.max, using: &random))
      #expect(try Money(parsing: amount.description) == amount)
    }
  }
}

@Suite("Percentages")
struct BasisPointsTests {
  @Test(
    "Half a cent goes up, away from zero",
    arguments: [
      (2_000, 1, 0), (2_000, 2, 0), (2_000, 3, 1), (5_000, 1, 1), (5_000, -1, -1), (2_000, -2, 0), (2_000, -3, -1),
      (1_250, 100, 13), (10_000, 77, 77), (0, 77, 0), (4_999, 1, 0),
    ] as [(Int64, Int64, Int64)])
  func rounding(rate: Int64, cents: Int64, share: Int64) throws {
    #expect(try BasisPoints(rate).of(Money(cents: cents)).cents == share)
  }

  @Test("Read by people", arguments: [(2_000, "20 %"), (1_250, "12.5 %"), (5, "0.05 %"), (10_000, "100 %")])
  func text(rate: Int64, text: String) {
    #expect(BasisPoints(rate).description == text)
  }
}

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

  @Test("Leap days and X12's D8 form", arguments: ["2024-02-29", "2000-02-29", "20240229"])
  func valid(text: String) {
    #expect(CalendarDate(parsing: text)?.day == 29)
  }

  @Test("Known days have known numbers", arguments: [("1970-01-01", 0), ("2000-03-01", 11_017), ("1969-12-31", -1)])
  func dayNumber(text: String, number: Int) throws {
    #expect(try Sample.day(text).dayNumber == number)
  }

  @Test("From 1800 to 9999 every 97th day is one after the one before, and comes back from its number")
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

@Suite("Units")
struct UnitsTests {
  @Test(
    "Thousandths in, the shortest text out",
    arguments: [
      ("1", 1_000, "1"), ("2.50", 2_500, "2.5"), ("0.125", 125, "0.125"), ("-1.5", -1_500, "-1.5"), (".5", 500, "0.5"),
    ]
      as [(String, Int64, String)])
  func parsing(text: String, thousandths: Int64, shortest: String) throws {
    let units = try #require(Units(parsing: text))
    #expect(units.thousandths == thousandths)
    #expect(units.description == shortest)
  }

  @Test("What is not a quantity is refused", arguments: ["", "-", ".", "1.2345", "12345678", "1e3", "a", "1.2.3"])
  func malformed(text: String) {
    #expect(Units(parsing: text) == nil)
  }

  @Test("A price for each unit, half up to the cent", arguments: [("1.5", "0.01", "0.02"), ("3", "10.33", "30.99")])
  func priced(units: String, price: String, total: String) throws {
    let units = try #require(Units(parsing: units))
    #expect(try units.priced(at: Sample.money(price)).description == total)
  }
}
