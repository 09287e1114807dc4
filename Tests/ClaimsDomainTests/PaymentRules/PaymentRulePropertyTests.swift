import ClaimsDomain
import Testing

@Suite("Payment rules for any lines")
struct PaymentRulePropertyTests {
  private static func lines(_ random: inout SeededGenerator) throws -> [FeePricedLine] {
    try (1...Int.random(in: 1...9, using: &random)).map { number in
      var indicators = PaymentPolicyIndicators()
      indicators.multipleProcedure = try #require("02239".randomElement(using: &random))
      indicators.bilateral = try #require("01239".randomElement(using: &random))
      indicators.assistant = try #require("0129".randomElement(using: &random))
      indicators.coSurgeon = try #require("0129".randomElement(using: &random))
      let isEndoscopy = indicators.multipleProcedure == "3"
      if isEndoscopy { indicators.endoscopicBase = "G0100" }
      let modifiers = ["50", "LT", "RT", "LT", "RT", "80", "AS", "62", "51", "59"].filter { _ in
        Int.random(in: 0..<6, using: &random) == 0
      }
      let fee = Money(cents: Int64.random(in: 0...500_000, using: &random))
      let line = ServiceLine(
        number: number,
        procedure: ProcedureCode(code: "G010\(Int.random(in: 0...3, using: &random))", modifiers: modifiers),
        charge: Money(cents: Int64.random(in: 0...700_000, using: &random)),
        units: Units(Int.random(in: 1...3, using: &random)), placeOfService: "22", serviceDates: nil)
      let day = try Sample.day(Bool.random(using: &random) ? "2026-03-02" : "2026-03-03")
      return try #require(
        FeePricedLine(
          line, on: day, fee: fee, indicators: indicators,
          endoscopicBaseFee: isEndoscopy ? Money(cents: 20_000) : nil))
    }
  }

  @Test("The order of the lines does not matter", arguments: Seeds.all)
  func order(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let lines = try Self.lines(&random)
      let answers = try PaymentRules().apply(to: lines)
      #expect(try PaymentRules().apply(to: lines.shuffled(using: &random)) == answers)
    }
  }

  @Test(
    "Every line has an answer, balances, and is between zero and its charge; no claim exceeds its fees",
    arguments: Seeds.all)
  func bounds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let lines = try Self.lines(&random)
      let answers = try PaymentRules().apply(to: lines)
      #expect(answers.count == lines.count)
      for line in lines {
        let answer = try #require(answers[line.number])
        #expect(answer.allowed >= .zero)
        #expect(answer.allowed <= line.charge)
        #expect(answer.price >= .zero)
        let adjustments = try answer.adjustments(of: line.charge, price: RuleExplanation(.priceFeeSchedule))
        #expect(try answer.allowed + adjustments.map(\.amount).total() == line.charge)
        #expect(adjustments.allSatisfy { $0.amount > .zero || line.charge == .zero })
      }
      // A line for both sides has at most two fees.
      let fees = try lines.map { try max($0.units, Units(2)).priced(at: $0.fee) }.total()
      #expect(try answers.values.map(\.allowed).total() <= fees)
    }
  }

  @Test("A line for one side never exceeds its fee", arguments: Seeds.all)
  func oneSide(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      for line in try Self.lines(&random) where line.modifiers.isDisjoint(with: ["50", "LT", "RT"]) {
        let answer = try #require(try PaymentRules().apply(to: [line])[line.number])
        #expect(try answer.allowed <= line.units.priced(at: line.fee))
      }
    }
  }
}
