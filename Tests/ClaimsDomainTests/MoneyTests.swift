import ClaimsDomain
import Testing

@Suite("Money")
struct MoneyTests {
  @Test(
    "Text is read as cents",
    arguments: [
      ("125", 12_500), ("125.5", 12_550), ("125.50", 12_550), (".5", 50), ("5.", 500), ("-0.05", -5), ("1.230", 123),
      ("0", 0), ("-12", -1_200), ("92233720368547758.07", .max),
    ] as [(String, Int64)])
  func parsing(text: String, cents: Int64) throws {
    #expect(try Money(parsing: text).cents == cents)
  }

  @Test(
    "Text that is not an amount is refused",
    arguments: ["", "-", ".", "1,000", "1e3", "1.234", "+1", " 1", "1 ", "--1", "1-", "1.2.3", "٣", "NaN", "0x1"])
  func malformed(text: String) {
    #expect(throws: MoneyError.malformed) { try Money(parsing: text) }
  }

  @Test("Arithmetic beyond 64 bits throws, and never wraps around")
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
    "The description always has two decimals",
    arguments: [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (12_345, "123.45"), (-100, "-1.00")])
  func text(cents: Int64, text: String) {
    #expect(Money(cents: cents).description == text)
  }

  @Test("An amount is the same after a round trip through text", arguments: Seeds.all)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let amount = Money(cents: Int64.random(in: -Int64.max...Int64.max, using: &random))
      #expect(try Money(parsing: amount.description) == amount)
    }
  }
}
