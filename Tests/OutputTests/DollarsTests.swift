import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Amounts for people")
struct DollarsTests {
  @Test(
    "have a dollar sign, thousands separators and two decimals, from cents",
    arguments: [
      (0, "$0.00"), (5, "$0.05"), (-5, "-$0.05"), (99_99, "$99.99"), (1_000_00, "$1,000.00"),
      (123_456_78, "$123,456.78"), (99_999_999_99, "$99,999,999.99"), (Int64.max, "$92,233,720,368,547,758.07"),
      (Int64.min, "-$92,233,720,368,547,758.08"),
    ] as [(Int64, String)])
  func dollars(cents: Int64, text: String) {
    #expect(Money(cents: cents).dollars == text)
  }
}
