import ClaimFormats
import ClaimsDomain
import Testing

/// 42 CFR 414.46; Claims Processing Manual, chapter 12, section 50.
@Suite("Anesthesia: base units, time units and the conversion factor")
struct AnesthesiaTests {
  private static func desk(
    _ terms: String = "", edits: String = "[]", tables: [TableEdition] = []
  ) throws -> PlanDesk {
    try PlanDesk(
      [
        "edits": edits,
        "pricing":
          "{otherwise_percent_of_charge: 100%, anesthesia: {conversion_factors: [{year: 2026, amount: \"21.5\"}]\(terms)}}",
      ],
      tables: MadeUpTables.baseUnits(["00142,4", "00840,6", "01967,5", "01968,2", "01999,0"]) + tables)
  }

  @Test(
    "(base + minutes / 15) x factor, depending on who gave the anesthesia",
    arguments: [
      (["QZ"], 45, "paid 150.50"), (["AA"], 45, "paid 150.50"), (["QK"], 45, "paid 75.25"), (["QY"], 45, "paid 75.25"),
      (["QX"], 45, "paid 75.25"), (["AD"], 45, "paid 64.50"), (["QZ", "P3"], 45, "paid 150.50"),
      (["QS", "AA", "23"], 45, "paid 150.50"),
      // Time units are rounded to one decimal: 3.07 becomes 3.1, and 2.93 becomes 2.9.
      (["AA"], 46, "paid 152.65"), (["AA"], 44, "paid 148.35"), (["AA"], 1, "paid 88.15"),
      ([], 45, "CO-4 N519"), (["P3"], 45, "CO-4 N519"), (["AA", "QK"], 45, "CO-4 N519"),
    ] as [([String], Int, String)])
  func price(modifiers: [String], minutes: Int, end: String) throws {
    var desk = try Self.desk()
    var line = TestedLine.minutes(minutes, "00142")
    line.modifiers = modifiers
    #expect(try desk.decide(line).outcomes == ["1 " + end])
  }

  @Test("A plan can set its own rate for a modifier")
  func terms() throws {
    var desk = try Self.desk(
      ", modifiers: [{modifier: QX, rate: 45.5%}, {modifier: AD, rate: 100%, base_units: 4, time: false}]")
    #expect(try desk.decide(.minutes(45, "00142", "QX")).outcomes == ["1 paid 68.48"])
    #expect(try desk.decide(.minutes(45, "00840", "AD")).outcomes == ["1 paid 86.00"])
    #expect(try desk.decide(.minutes(45, "00142", "QK")).outcomes == ["1 paid 75.25"])
  }

  @Test("Minutes that the plan cannot price wait for a person, and are never priced as services")
  func waits() throws {
    var desk = try Self.desk()
    #expect(try desk.suspense(.minutes(45, "01999", "AA")) == .unitsNotServices)
    #expect(try desk.suspense(.minutes(45, "99213", "AA")) == .unitsNotServices)
    #expect(try desk.suspense(.minutes(45, "00142", "AA"), on: "2026-03-02") == nil)
    // A claim in services, although the plan prices minutes; and a claim with more minutes than a day has.
    #expect(try desk.suspense(TestedLine("00142", "AA")) == .priceByReport)
    #expect(try desk.suspense(.minutes(1_441, "00142", "AA")) == .unitsNotServices)
    for modifier in ["52", "53", "73", "78", "54"] {
      #expect(try desk.suspense(.minutes(45, "00142", "AA", modifier)) == .priceByReport, "\(modifier)")
    }
    var plain = try PlanDesk(["pricing": "{fee_schedule: fees}"], fees: ["00142,,21.50"])
    #expect(try plain.suspense(.minutes(45, "00142", "QZ")) == .unitsNotServices)
    desk = try Self.desk(edits: "[mue]", tables: MadeUpTables.units(["00142,1,2"]))
    #expect(try desk.decide(.minutes(45, "00142", "QZ")).outcomes == ["1 paid 150.50"])
  }

  @Test("For two anesthesias on one day, a person chooses which to pay; two people who gave one share its price")
  func day() throws {
    var desk = try Self.desk()
    #expect(try desk.suspense(.minutes(45, "00142", "AA"), .minutes(30, "00840", "AA")) == .priceByReport)
    #expect(try desk.suspense(.minutes(45, "00142", "AA"), .minutes(45, "00142", "QX")) == .priceByReport)
    #expect(
      try desk.decide(.minutes(45, "00142", "QK"), .minutes(45, "00142", "QX")).outcomes
        == ["1 paid 75.25", "2 paid 75.25"])
    for second in ["QK", "QY", "AA"] {
      #expect(
        try desk.suspense(.minutes(45, "00142", "QK"), .minutes(45, "00142", second)) == .priceByReport, "\(second)")
    }
    // An add-on has its own units: (5 + 4) x 21.50, and (2 + 2) x 21.50.
    #expect(
      try desk.decide(.minutes(60, "01967", "AA"), .minutes(30, "01968", "AA")).outcomes
        == ["1 paid 193.50", "2 paid 86.00"])
  }

  @Test(
    "An invalid table, and a plan without its table, are refused by name",
    arguments: [("00142,4\n00142,5", "00142 is there twice"), ("00142,x", "base units must be a whole number")])
  func refusals(rows: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try MadeUpTables.baseUnits(rows.components("\n")) }
    #expect("\(error)".contains(refusal), "\(error)")
    let missing = try #require(throws: PlanFileError.self) {
      try PlanDesk(["pricing": "{anesthesia: {conversion_factors: [{year: 2026, amount: \"21.5\"}]}}"])
    }
    #expect("\(missing)".contains("there is no table of base units; import"), "\(missing)")
  }
}

extension String {
  fileprivate func components(_ separator: Character) -> [String] { split(separator: separator).map(String.init) }
}
