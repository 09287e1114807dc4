import ClaimsDomain
import Testing

@Suite("Units")
struct UnitsTests {
  @Test(
    "Text is read as thousandths, and written as the shortest text",
    arguments: [
      ("1", 1_000, "1"), ("2.50", 2_500, "2.5"), ("0.125", 125, "0.125"), ("-1.5", -1_500, "-1.5"), (".5", 500, "0.5"),
    ]
      as [(String, Int64, String)])
  func parsing(text: String, thousandths: Int64, shortest: String) throws {
    let units = try #require(Units(parsing: text))
    #expect(units.thousandths == thousandths)
    #expect(units.description == shortest)
  }

  @Test("Text that is not a quantity is refused", arguments: ["", "-", ".", "1.2345", "12345678", "1e3", "a", "1.2.3"])
  func malformed(text: String) {
    #expect(Units(parsing: text) == nil)
  }

  @Test(
    "A price per unit is rounded half up to the cent", arguments: [("1.5", "0.01", "0.02"), ("3", "10.33", "30.99")])
  func priced(units: String, price: String, total: String) throws {
    let units = try #require(Units(parsing: units))
    #expect(try units.priced(at: Sample.money(price)).description == total)
  }
}
