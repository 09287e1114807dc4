import ClaimsDomain
import Foundation
import Testing

@Suite("Interest for late payment")
struct PromptPayTests {
  private static func terms(
    _ percent: String, days: Int = 30, year: YearLength = .calendar, from: String = "2000-01-01"
  ) throws -> PromptPay {
    PromptPay(
      days: days, yearLength: year,
      rates: [PromptPayRate(from: try Sample.day(from), percent: try #require(AnnualRate(parsing: percent)))])
  }

  @Test("5 CFR 1315.17: 1,500.00 at 6.5 % for 10 days of a year of 360 are 2.71")
  func published() throws {
    let terms = try Self.terms("6.5", year: .banking)
    let late = DateRange(try Sample.day("2026-03-01"), through: try Sample.day("2026-03-10"))
    #expect(try terms.interest(on: Sample.money("1500"), for: late).description == "2.71")
  }

  @Test(
    "Claims Processing Manual, chapter 1, 80.2.2: a claim received on 1 March 2009 is due by the end of 31 March; each later day counts, including the day of payment",
    arguments: [("2009-03-01", 0), ("2009-03-31", 0), ("2009-04-01", 1), ("2009-04-02", 2), ("2009-05-01", 31)])
  func dueDay(paid: String, days: Int) throws {
    let late = try Self.terms("5").lateDays(received: Sample.day("2009-03-01"), paid: Sample.day(paid))
    #expect((late.map { $0.last.days(since: $0.first) + 1 } ?? 0) == days)
  }

  @Test("The rate and the length of the year are those of the day of payment")
  func dayOfPayment() throws {
    // The Treasury's rate for the first half of 2023, and the rate before it.
    let terms = PromptPay(
      days: 30,
      rates: try [("2023-01-01", "4.625"), ("2022-07-01", "4")].map {
        PromptPayRate(from: try Sample.day($0), percent: AnnualRate(parsing: $1) ?? .zero)
      })
    func interest(_ from: String, _ through: String) throws -> String {
      let late = DateRange(try Sample.day(from), through: try Sample.day(through))
      return try terms.interest(on: Sample.money("36500"), for: late).description
    }
    #expect(try interest("2022-12-30", "2022-12-31") == "8.00")
    #expect(try interest("2022-12-31", "2023-01-01") == "9.25")
    #expect(try interest("2022-06-29", "2022-06-30") == "0.00", "no rate applies yet")
    // 36,500.00 x 0.04625 x 2 / 366
    #expect(try interest("2024-02-28", "2024-02-29") == "9.22")
    #expect(try terms.interest(on: Sample.money("36500"), for: nil) == .zero)
  }

  @Test("The interest is the exact quotient, rounded half up to the cent, for any amount, rate and days")
  func exact() throws {
    let seed: UInt64 = 80_22
    print("prompt pay: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 1...10_000 {
      let cents = Int64.random(in: 0...Money.claimLimit.cents, using: &random)
      let rate = Int64.random(in: 0...100_000, using: &random)
      let late = Int.random(in: 1...3_000, using: &random)
      let first = try Sample.day("2024-01-01")
      let days = DateRange(first, through: try #require(CalendarDate(dayNumber: first.dayNumber + late - 1)))
      let terms = PromptPay(
        days: 30, yearLength: .banking, rates: [PromptPayRate(from: first, percent: AnnualRate(scaled: rate))])
      var exact = Decimal(cents) * Decimal(rate) * Decimal(late) / 36_000_000
      var rounded = Decimal()
      NSDecimalRound(&rounded, &exact, 0, .plain)
      #expect(Decimal(try terms.interest(on: Money(cents: cents), for: days).cents) == rounded)
    }
  }
}
