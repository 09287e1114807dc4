import ClaimsDomain
import Testing

@Suite("Percentages")
struct BasisPointsTests {
  @Test(
    "Half a cent is rounded away from zero",
    arguments: [
      (2_000, 1, 0), (2_000, 2, 0), (2_000, 3, 1), (5_000, 1, 1), (5_000, -1, -1), (2_000, -2, 0), (2_000, -3, -1),
      (1_250, 100, 13), (10_000, 77, 77), (0, 77, 0), (4_999, 1, 0),
    ] as [(Int64, Int64, Int64)])
  func rounding(rate: Int64, cents: Int64, share: Int64) throws {
    #expect(try BasisPoints(rate).of(Money(cents: cents)).cents == share)
  }

  @Test(
    "The description is for people to read",
    arguments: [(2_000, "20 %"), (1_250, "12.5 %"), (5, "0.05 %"), (10_000, "100 %")])
  func text(rate: Int64, text: String) {
    #expect(BasisPoints(rate).description == text)
  }
}
