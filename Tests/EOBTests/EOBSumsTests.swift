import ClaimsDomain
import Testing

@testable import ClaimFormats

@Suite("The amounts shown add up")
struct EOBSumsTests {
  @Test("on every row, from the billed amount to the paid amount", arguments: EOBSamples.all.map(\.name))
  func rows(_ name: String) throws {
    let letter = try EOBLetter(try EOBSamples.named(name))
    for cells in letter.services.rows.map(\.cells) + [letter.services.total] {
      let shown = try Dictionary(uniqueKeysWithValues: cells.map { ($0.label, try Self.money($0.amount)) })
      let parts = ChargePart.allCases.map(\.title) + ["Plan paid"]
      #expect(try parts.compactMap { shown[$0] }.total() == shown["Billed"])
    }
  }

  @Test("down every column, from the lines to the total", arguments: EOBSamples.all.map(\.name))
  func columns(_ name: String) throws {
    let services = try EOBLetter(try EOBSamples.named(name)).services
    for (column, total) in services.total.enumerated() {
      #expect(try services.rows.map { try Self.money($0.cells[column].amount) }.total() == Self.money(total.amount))
    }
  }

  @Test("along the bar", arguments: EOBSamples.all.map(\.name))
  func bar(_ name: String) throws {
    let letter = try EOBLetter(try EOBSamples.named(name))
    #expect(try letter.shares.map { try Self.money($0.amount) }.total() == Self.money(letter.billed))
  }

  @Test("for any decision, whatever its codes", arguments: 0..<200)
  func anyDecision(_ seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    let decision = try Self.decision(&random)
    let whole = try ChargeBreakdown(of: decision.lines)
    let parts = try ChargePart.allCases.map { whole[$0] }.total()
    #expect(whole.billed == (try whole.planPaid + parts))
    #expect(whole.yourShare == decision.memberResponsibility)
    #expect(try ChargeShare.all(of: whole).map { Money(cents: $0.weight) }.total() == whole.billed)
    #expect(!(try whole.unowed().isNegative))
  }

  private static func money(_ shown: String) throws -> Money {
    try Money(parsing: shown.filter { $0 != "$" && $0 != "," })
  }

  private static func decision(_ random: inout SeededRandom) throws -> Decision {
    let reasons = ["1", "2", "3", "18", "23", "29", "45", "59", "96", "97", "151", "253", "999"]
    let lines = try (1...Int.random(in: 1...6, using: &random)).map { number in
      let adjustments = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Adjustment(
          AdjustmentGroup.allCases.randomElement(using: &random) ?? .other,
          reasons.randomElement(using: &random) ?? "999",
          amount: Money(cents: .random(in: 0...500_000, using: &random)), by: RuleExplanation(.priceFeeSchedule))
      }
      let taken = try adjustments.map(\.amount).total()
      let isDenied = Bool.random(using: &random)
      let paid = isDenied ? Money.zero : Money(cents: .random(in: 0...500_000, using: &random))
      let charge = try paid + taken
      return try LineDecision(
        number: number, code: "G0463", charge: charge, allowed: paid, paid: paid, adjustments: adjustments,
        isDenied: isDenied)
    }
    return try Decision(lines: lines, ruleset: RulesetID("any"))
  }
}

/// A seeded generator: the same seed gives the same decisions, so that a failure can be reproduced.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
