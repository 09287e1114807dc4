import ClaimsDomain
import Foundation
import Testing

@Suite("A decision out of balance cannot exist")
struct DecisionTests {
  private func adjustment(_ group: AdjustmentGroup, _ amount: String) throws -> Adjustment {
    Adjustment(group, "45", amount: try Sample.money(amount), by: RuleExplanation(.priceFeeSchedule))
  }

  @Test(
    "A line decision exists only if charge = paid + adjustments, and paid ≤ allowed ≤ charge",
    arguments: [
      ("100", "80", "70", "20", false), ("100", "80", "80", "20", true), ("100", "70", "80", "20", false),
      ("100", "101", "80", "20", false), ("100", "80", "-10", "110", false), ("-5", "0", "0", "-5", false),
    ])
  func balance(charge: String, allowed: String, paid: String, adjusted: String, holds: Bool) throws {
    let adjustments = [try adjustment(.contractual, adjusted)]
    let line = try? LineDecision(
      number: 1, code: "G0463", charge: Sample.money(charge), allowed: Sample.money(allowed),
      paid: Sample.money(paid), adjustments: adjustments, isDenied: false)
    #expect((line != nil) == holds)
  }

  @Test("A denied line pays and allows nothing")
  func denied() throws {
    #expect(throws: BalanceError.self) {
      try LineDecision(
        number: 1, code: "G0463", charge: Sample.money("100"), allowed: Sample.money("80"), paid: Sample.money("80"),
        adjustments: [adjustment(.contractual, "20")], isDenied: true)
    }
  }

  @Test("Adjustments that exceed 64 bits do not balance")
  func overflow() throws {
    let huge = Adjustment(.other, "45", amount: Money(cents: .max), by: RuleExplanation(.priceFeeSchedule))
    #expect(throws: BalanceError.self) {
      try LineDecision(
        number: 1, code: "G0463", charge: Sample.money("1"), allowed: .zero, paid: .zero, adjustments: [huge, huge],
        isDenied: false)
    }
  }

  @Test("Stored text that was changed cannot be decoded")
  func tampered() throws {
    var desk = try Desk(Sample.plan(coinsurance: BasisPoints(20_00)))
    let bytes = try JSONEncoder().encode(desk.decide(Sample.line(charge: "100")))
    let text = try #require(String(bytes: bytes, encoding: .utf8))
    let forged = text.replacing("\"paid\":\"80.00\"", with: "\"paid\":\"90.00\"")
    #expect(forged != text)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(Decision.self, from: Data(forged.utf8)) }
  }
}
