import ClaimFormats
import ClaimsDomain
import Testing

/// Claims Processing Manual, chapter 12, sections 20.3, 40.2 and 40.4.
@Suite("How modifiers change a price")
struct PricingModifierTests {
  private static func packages() throws -> [TableEdition] {
    try MadeUpTables.packages([
      "G0090,090,0.1,0.7,0.2", "G0091,090,0,0,0", "G0010,010,0.1,0.8,0.1", "G0000,000,0,0,0", "G0999,XXX,0,0,0",
      "G0998,YYY,0,0,0",
    ])
  }

  static let parts: [(String, [String], String)] = [
    ("G0090", [], "paid 100.00"), ("G0090", ["54"], "paid 80.00"), ("G0090", ["55"], "paid 20.00"),
    ("G0090", ["56"], "paid 10.00"), ("G0090", ["78"], "paid 70.00"), ("G0010", ["54", "RT"], "paid 90.00"),
    ("G0000", ["78"], "paid 100.00"), ("G0000", ["54"], "CO-4 N519"), ("G0999", ["55"], "CO-4 N519"),
    ("G0998", ["54"], "waits"), ("G0091", ["54"], "waits"), ("G0090", ["54", "55"], "waits"),
    ("G0090", ["54", "54"], "paid 80.00"), ("G0090", ["52"], "waits"), ("G0090", ["CQ"], "waits"),
    ("G0090", ["22"], "paid 100.00"), ("G0090", ["25", "RT", "KX"], "paid 100.00"), ("G0090", ["80"], "paid 16.00"),
    ("G0090", ["54", "80"], "paid 12.80"),
  ]

  private static func end(_ desk: inout PlanDesk, _ code: String, _ modifiers: [String]) throws -> String {
    var line = TestedLine(code)
    line.modifiers = modifiers
    if try desk.suspense(line) != nil {
      #expect(try desk.suspense(line) == .priceByReport)
      return "waits"
    }
    return String(try desk.decide(line).outcomes[0].dropFirst(2))
  }

  @Test(
    "The parts of a package are paid by the RVU file's percentages, whether the RVU file or the plan sets the price",
    arguments: parts)
  func packages(code: String, modifiers: [String], end: String) throws {
    let byFile = ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"]
    var desk = try PlanDesk(byFile, tables: Self.packages())
    #expect(try Self.end(&desk, code, modifiers) == end)
    let byPlan = ["pricing": "{fee_schedule: fees}", "payment_rules": "medicare"]
    let fees = ["G0090", "G0091", "G0010", "G0000", "G0999", "G0998"].map { "\($0),,100.00" }
    desk = try PlanDesk(byPlan, fees: fees, tables: Self.packages())
    #expect(try Self.end(&desk, code, modifiers) == end)
  }

  @Test(
    "A fee without a pricing modifier is never paid for a service with one, unless the plan sets a rate",
    arguments: [
      "26", "TC", "NU", "UE", "RR", "52", "53", "73", "74", "54", "55", "56", "78", "62", "66", "80", "81", "82", "AS",
      "CQ",
      "CO", "AD", "QK", "QX", "QY", "FX", "FY", "CT",
    ])
  func ownFee(modifier: String) throws {
    var desk = try PlanDesk(["pricing": "{fee_schedule: fees}"], fees: ["G0090,,100.00"])
    #expect(try Self.end(&desk, "G0090", [modifier]) == "waits")
    let rate = "modifiers: [{modifier: \"\(modifier)\", rate: 60%}, {modifier: KX, own_fee: true}]"
    desk = try PlanDesk(["pricing": "{fee_schedule: fees, \(rate)}"], fees: ["G0090,,100.00", "G0090,KX,30.00"])
    #expect(try Self.end(&desk, "G0090", [modifier]) == "paid 60.00")
    #expect(try Self.end(&desk, "G0090", ["KX"]) == "paid 30.00")
    #expect(try Self.end(&desk, "G0090", ["KX", modifier]) == "paid 18.00")
    desk = try PlanDesk(["pricing": "{fee_schedule: fees}"], fees: ["G0090,,100.00", "G0090,\(modifier),7.00"])
    #expect(try Self.end(&desk, "G0090", ["GA", modifier]) == "paid 7.00")
  }

  @Test("A component's own row in the RVU file precedes a plan's fee for the whole service")
  func component() throws {
    let pricing = "{fee_schedule: fees, physician_fee_schedule: {locality: national}, otherwise_percent_of_charge: 50%}"
    var desk = try PlanDesk(
      ["pricing": pricing], fees: ["71046,,50.00", "E0601,NU,684.00"],
      tables: MadeUpTables.relativeValues(MadeUpTables.officeVisits))
    #expect(
      try desk.decide(TestedLine("71046"), TestedLine("71046", "26")).outcomes == ["1 paid 50.00", "2 paid 10.03"])
    // A percentage of the charge applies only to codes that are in no schedule.
    #expect(try desk.suspense(TestedLine("E0601", "NU", "52")) == .priceByReport)
  }

  @Test("A return to the operating room is not a second procedure of the day")
  func returns() throws {
    var desk = try PlanDesk(
      ["pricing": "{physician_fee_schedule: {locality: national}}", "payment_rules": "medicare"],
      tables: Self.packages())
    #expect(try desk.decide(TestedLine("G0090"), TestedLine("G0010")).outcomes == ["1 paid 100.00", "2 paid 50.00"])
    #expect(
      try desk.decide(TestedLine("G0090", "78"), TestedLine("G0010", "78")).outcomes == [
        "1 paid 70.00", "2 paid 80.00",
      ])
  }

  @Test("A percentage of the charge applies to codes that are in no schedule, and does not replace a missing fee")
  func percentage() throws {
    let pricing = "{fee_schedule: fees, otherwise_percent_of_charge: 50%, modifiers: [{modifier: KF, own_fee: true}]}"
    var desk = try PlanDesk(["pricing": pricing], fees: ["E0601,NU,684.00", "E0601,RR,68.40"])
    #expect(try desk.suspense(TestedLine("E0601", "UE")) == .priceByReport)
    #expect(try desk.suspense(TestedLine("E0601")) == .priceByReport)
    #expect(try desk.suspense(TestedLine("G0999", "KF")) == .priceByReport)
    #expect(
      try desk.decide(TestedLine("G0999"), TestedLine("E0601", "RR")).outcomes == ["1 paid 500.00", "2 paid 68.40"])
  }

  @Test("A part of a package is a part of the row that applies to the line, whatever modifiers the row has")
  func dividedRow() throws {
    let pricing = "{fee_schedule: fees, physician_fee_schedule: {locality: national}}"
    for rules in [["payment_rules": "medicare"], [:]] {
      var desk = try PlanDesk(
        ["pricing": pricing].merging(rules) { $1 }, fees: ["G0090,,1000.00", "G0090,RT,900.00"], tables: Self.packages()
      )
      #expect(try desk.decide(TestedLine("G0090", "RT", "54")).outcomes == ["1 paid 720.00"])
      #expect(try desk.decide(TestedLine("G0090", "54")).outcomes == ["1 paid 800.00"])
    }
  }

  @Test("A code from another list is not a HCPCS code, even if it looks like one", arguments: ["ER", "IV", "WK", "ZZ"])
  func otherLists(qualifier: String) throws {
    for pricing in ["{fee_schedule: fees}", "{physician_fee_schedule: {locality: national}}"] {
      var desk = try PlanDesk(["pricing": pricing], fees: ["G0090,,1000.00"], tables: Self.packages())
      var claim = try PlanDesk.claim([TestedLine("G0090")])
      claim.lines[0].procedure?.qualifier = qualifier
      #expect(try desk.decide(claim).outcomes == ["1 CO-96 N448"])
    }
  }

  @Test("A rate for a surgeon's modifier is refused if payment rules also have one, since both would apply")
  func twice() throws {
    let error = try #require(throws: PlanFileError.self) {
      try PlanDesk(
        [
          "payment_rules": "medicare",
          "pricing": "{otherwise_percent_of_charge: 50%, modifiers: [{modifier: \"80\", rate: 20%}]}",
        ], tables: Self.packages())
    }
    #expect("\(error)".contains("modifier 80 has a rate here and one in pricing; keep one of them"), "\(error)")
  }

  @Test(
    "A modifier for which a plan sets two prices, or none, is refused",
    arguments: [
      ("{modifier: CQ}", "a modifier changes the price in one way; give rate, or own_fee: true"),
      ("{modifier: CQ, rate: 85%, own_fee: true}", "a modifier changes the price in one way"),
      ("{modifier: CQX, rate: 85%}", "modifier must be a modifier of two capital letters or digits"),
      ("{modifier: CQ, rate: 85%}, {modifier: CQ, rate: 80%}", "CQ is there twice; keep one of them"),
    ])
  func refusals(term: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) {
      try PlanDesk(["pricing": "{otherwise_percent_of_charge: 50%, modifiers: [\(term)]}"])
    }
    #expect("\(error)".contains(refusal), "\(error)")
  }
}
