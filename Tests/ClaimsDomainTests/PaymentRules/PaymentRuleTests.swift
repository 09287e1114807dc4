import ClaimsDomain
import Testing

@Suite("Payment rules over a claim's lines")
struct PaymentRuleTests {
  private static let standard = Surgery.indicators(multiple: "2")

  @Test("P3 medicarepaymentandreimbursement.com: 1043.48, 505.30 and 461.45 are 2010.23; at 80 %, 1608.18")
  func multipleSurgery() throws {
    let lines = try [
      Surgery.line(1, fee: "922.90", Self.standard), Surgery.line(2, fee: "1043.48", modifiers: ["51"], Self.standard),
      Surgery.line(3, fee: "1010.60", modifiers: ["51"], Self.standard),
    ]
    #expect(try Surgery.allowed(lines) == ["461.45", "1043.48", "505.30"])
    let sum = try PaymentRules().apply(to: lines).values.map(\.allowed).total()
    #expect(sum.description == "2010.23")
    #expect(try BasisPoints(80_00).of(sum).description == "1608.18")
  }

  @Test("P4 aapc.com 138405: a family of endoscopies over a base of 200.00 is 455.27, and the base line 0")
  func endoscopyFamily() throws {
    let family = Surgery.indicators(multiple: "3", base: "45378")
    let lines = try [
      Surgery.line(1, "45378", fee: "200.00", Self.standard),
      Surgery.line(2, "45380", fee: "275.12", family, baseFee: "200.00"),
      Surgery.line(3, "45385", fee: "310.02", family, baseFee: "200.00"),
      Surgery.line(4, "45381", fee: "270.13", family, baseFee: "200.00"),
    ]
    #expect(try Surgery.allowed(lines) == ["0.00", "75.12", "310.02", "70.13"])
    let answers = try PaymentRules().apply(to: lines)
    #expect(try answers.values.map(\.allowed).total().description == "455.27")
    guard case .denied(let denial) = try #require(answers[1]).outcome else { throw Unexpected() }
    #expect(denial.reason == "97")
  }

  @Test("A family is ranked as one procedure, after its own rule")
  func familyAmongOthers() throws {
    let family = Surgery.indicators(multiple: "3", base: "45378")
    let lines = try [
      Surgery.line(1, fee: "1000.00", Self.standard),
      Surgery.line(2, "45380", fee: "300.00", family, baseFee: "200.00"),
      Surgery.line(3, "45385", fee: "310.00", family, baseFee: "200.00"),
    ]
    #expect(try Surgery.allowed(lines) == ["1000.00", "50.00", "155.00"])
  }

  @Test(
    "P5 RVU file, BILAT SURG: LT 100 and RT 100 of a fee of 125 are 125.00, or 187.50 if both sides are 150 %",
    arguments: [("0", "125.00"), ("1", "187.50"), ("2", "125.00"), ("3", "200.00"), ("9", "200.00")]
      as [(Character, String)])
  func bothSides(indicator: Character, sum: String) throws {
    let lines = try [
      Surgery.line(1, "69210", fee: "125", charge: "100", modifiers: ["RT"], Surgery.indicators(bilateral: indicator)),
      Surgery.line(2, "69210", fee: "125", charge: "100", modifiers: ["LT"], Surgery.indicators(bilateral: indicator)),
    ]
    #expect(try PaymentRules().apply(to: lines).values.map(\.allowed).total().description == sum)
  }

  @Test("P5: the bilateral rule precedes the reduction for several procedures")
  func bilateralBeforeMultiple() throws {
    let both = Surgery.indicators(multiple: "2", bilateral: "1")
    let lines = try [
      Surgery.line(1, fee: "180", Self.standard), Surgery.line(2, fee: "125", modifiers: ["50"], both),
    ]
    #expect(try Surgery.allowed(lines) == ["90.00", "187.50"])
  }

  @Test(
    "Modifier 50 or two units pay what the indicator states for both sides",
    arguments: [
      ("0", ["50"], 1, "100.00"), ("1", ["50"], 1, "150.00"), ("2", ["50"], 1, "100.00"), ("3", ["50"], 1, "200.00"),
      ("9", ["50"], 1, "100.00"), ("1", [], 2, "150.00"), ("2", [], 2, "100.00"), ("0", [], 2, "200.00"),
      ("1", ["LT"], 2, "200.00"), ("1", ["LT"], 1, "100.00"),
    ] as [(Character, [String], Int, String)])
  func sides(indicator: Character, modifiers: [String], units: Int, allowed: String) throws {
    let line = try Surgery.line(
      1, fee: "100", modifiers: modifiers, units: Units(units), Surgery.indicators(bilateral: indicator))
    #expect(try Surgery.allowed([line]) == [allowed])
  }

  @Test(
    "An assistant is paid 16 %, a nonphysician assistant 85 % of that, and a co-surgeon 62.5 %",
    arguments: [
      ("80", "2", "2", "160.00"), ("81", "2", "2", "160.00"), ("82", "2", "2", "160.00"), ("AS", "2", "2", "136.00"),
      ("62", "2", "2", "625.00"), ("80", "1", "2", "0.00"), ("80", "9", "2", "0.00"), ("62", "2", "0", "0.00"),
    ] as [(String, Character, Character, String)])
  func roles(modifier: String, assistant: Character, coSurgeon: Character, allowed: String) throws {
    let indicators = Surgery.indicators(assistant: assistant, coSurgeon: coSurgeon)
    let line = try Surgery.line(1, fee: "1000", modifiers: [modifier], indicators)
    let answer = try #require(try PaymentRules().apply(to: [line])[1])
    #expect(answer.allowed.description == allowed)
    if case .denied(let denial) = answer.outcome { #expect(denial.reason == "54") }
  }

  @Test("An assistant for several procedures is paid 16 % of each ranked amount, rounded once")
  func assistantOfSeveral() throws {
    let both = Surgery.indicators(multiple: "2", assistant: "2")
    let lines = try [
      Surgery.line(1, fee: "1000.01", modifiers: ["80"], both), Surgery.line(2, fee: "900.93", modifiers: ["80"], both),
    ]
    // 900.93 x 50 % x 16 % = 72.0744; rounding after the 50 % would give 72.08.
    #expect(try Surgery.allowed(lines) == ["160.00", "72.07"])
  }

  @Test("Each day has its own ranking, and a procedure without the indicator is not ranked")
  func sessions() throws {
    let lines = try [
      Surgery.line(1, fee: "100", Self.standard), Surgery.line(2, fee: "90", on: "2026-03-03", Self.standard),
      Surgery.line(3, fee: "80", Surgery.indicators(multiple: "0")),
    ]
    #expect(try Surgery.allowed(lines) == ["100.00", "90.00", "80.00"])
  }

  @Test("A sixth procedure waits for a person, and so does an assistant who requires documentation")
  func reviews() throws {
    let lines = try (1...6).map { try Surgery.line($0, fee: "\(100 - $0)", Self.standard) }
    let answers = try PaymentRules().apply(to: lines)
    #expect(answers.filter { $0.value.review != nil }.keys.sorted() == [6])
    let assistant = try Surgery.line(1, fee: "100", modifiers: ["80"], Surgery.indicators(assistant: "0"))
    #expect(try PaymentRules().apply(to: [assistant])[1]?.review == .surgeonDocumentation)
    for indicator: Character in ["1", "2"] {
      let team = try Surgery.line(1, fee: "100", modifiers: ["66"], Surgery.indicators(team: indicator))
      #expect(try PaymentRules().apply(to: [team])[1]?.review == .byReport, "the rules have no price for a team")
    }
  }

  @Test(
    "The charge above the fee is CO-45, a reduction by the rules is CO-59, and the rest above an assistant's fee is CO-45"
  )
  func reasons() throws {
    let lines = try [
      Surgery.line(1, fee: "500", charge: "700", Self.standard),
      Surgery.line(2, fee: "400", charge: "450", Self.standard),
      Surgery.line(3, fee: "100", charge: "30", modifiers: ["80"], Surgery.indicators(assistant: "2")),
    ]
    let answers = try PaymentRules().apply(to: lines)
    let entries = try lines.map { line in
      let price = RuleExplanation(.pricePhysicianFeeSchedule)
      return try #require(answers[line.number]).adjustments(of: line.charge, price: price).map {
        "\($0.code) \($0.amount)"
      }
    }
    #expect(entries == [["CO-45 200.00"], ["CO-45 50.00", "CO-59 200.00"], ["CO-45 14.00"]])
  }

  @Test("A charge below the fee is allowed as it is")
  func lesserOfCharge() throws {
    let line = try Surgery.line(1, fee: "100", charge: "99.99", Self.standard)
    #expect(try Surgery.allowed([line]) == ["99.99"])
  }

  private struct Unexpected: Error {}
}
