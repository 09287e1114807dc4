import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Codes are checked against the tables of the service day")
struct CodeEditDecisionTests {
  private static func desk(_ edits: String, _ tables: [TableEdition], year: Int = 2026) throws -> PlanDesk {
    try PlanDesk(["edits": "[\(edits)]"], tables: tables, year: year)
  }

  @Test(
    "The second code of a pair is denied, unless a modifier separates the services and the edit allows one",
    arguments: [
      ("A0001 A0002", ["1 paid 1000.00", "2 CO-236"]), ("A0002 A0001", ["1 CO-236", "2 paid 1000.00"]),
      ("A0001 A0002-59", ["1 paid 1000.00", "2 CO-236"]), ("A0003 A0004", ["1 paid 1000.00", "2 CO-236"]),
      ("A0003 A0004-XS", ["1 paid 1000.00", "2 paid 1000.00"]),
      ("A0003-59 A0004", ["1 paid 1000.00", "2 paid 1000.00"]),
      // Pairs that do not apply: deleted on the effective date; ended before the day; begun after the day.
      ("A0005 A0006", ["1 paid 1000.00", "2 paid 1000.00"]), ("A0007 A0008", ["1 paid 1000.00", "2 paid 1000.00"]),
      ("A0009 A0010", ["1 paid 1000.00", "2 paid 1000.00"]),
    ])
  func pairs(codes: String, outcomes: [String]) throws {
    let tables = try MadeUpTables.pairs([
      "A0001 A0002  20200101 * 0", "A0003 A0004  20200101 * 1", "A0005 A0006  20200101 20200101 9",
      "A0007 A0008  20200101 20260301 0", "A0009 A0010  20260303 * 0",
    ])
    var desk = try Self.desk("ncci", tables)
    let lines = codes.split(separator: " ").map { code in
      let parts = code.split(separator: "-").map(String.init)
      var line = TestedLine(parts[0])
      line.modifiers = Array(parts.dropFirst())
      return line
    }
    #expect(try desk.decide(lines[0], lines[1]).outcomes == outcomes)
  }

  @Test("A denied line uses none of the deductible")
  func deniedUsesNothing() throws {
    var desk = try PlanDesk(
      ["edits": "[ncci]", "deductible": "{individual: 1500, family: 1500, embedded: true}"],
      tables: MadeUpTables.pairs(["A0001 A0002  20200101 * 0"]))
    _ = try desk.decide(TestedLine("A0002"), TestedLine("A0001"))
    #expect(desk.total(.deductible) == "1000.00")
  }

  @Test(
    "MAI 1 applies to each line; MAI 2 and 3 apply to the day's total and deny all its lines",
    arguments: [
      ("A0001", ["1 paid 1000.00", "2 CO-151 N362"]), ("A0002", ["1 CO-151 N362", "2 CO-151 N362"]),
      ("A0003", ["1 CO-151 N362", "2 CO-151 N362"]), ("A0004", ["1 paid 1000.00", "2 paid 1000.00"]),
    ])
  func units(code: String, outcomes: [String]) throws {
    var desk = try Self.desk("mue", MadeUpTables.units(["A0001,2,1", "A0002,4,2", "A0003,4,3", "A0004,5,3"]))
    let decision = try desk.decide(TestedLine(code, units: 2), TestedLine(code, "76", units: 3))
    #expect(decision.outcomes == outcomes)
  }

  @Test(
    "An edit that a person has waived denies nothing, and the other edits still apply",
    arguments: [RuleID.unitsOfDay, .procedurePair])
  func setAside(rule: RuleID) throws {
    let tables = try MadeUpTables.units(["A0001,2,3"]) + MadeUpTables.pairs(["A0001 A0002  20200101 * 0"])
    var desk = try Self.desk("ncci, mue", tables)
    var claim = try PlanDesk.claim([TestedLine("A0001", units: 3), TestedLine("A0002")])
    claim.revision = ClaimRevision(
      replaces: ClaimIntakeID("CLM-1"), cause: .appeal, ruleset: RulesetID("rules-1"), waived: [.rule(rule)])
    let outcomes = try desk.decide(claim).outcomes
    #expect(
      outcomes == (rule == .unitsOfDay ? ["1 paid 1000.00", "2 CO-236"] : ["1 CO-151 N362", "2 paid 1000.00"]))
  }

  @Test("An add-on code requires a paid primary; an add-on whose edit has ended requires none")
  func addOns() throws {
    let tables =
      try MadeUpTables.addOns([
        "1 A0001  A0002  2020001 ", "1 A0003  A0002  2020001 2025365", "2 A0004  CCCCC  2020001 ",
        "1 A0005  A0002  2020001 2020001",
      ]) + MadeUpTables.pairs(["A0009 A0002  20200101 * 0"])
    var desk = try Self.desk("add-on, ncci", tables)
    func outcomes(_ codes: String...) throws -> [String] {
      let claim = try PlanDesk.claim(codes.map { TestedLine($0) })
      return try desk.decide(claim).outcomes
    }
    #expect(try outcomes("A0001", "A0002") == ["1 paid 1000.00", "2 paid 1000.00"])
    #expect(try outcomes("A0001") == ["1 CO-107 N122"])
    #expect(try outcomes("A0003", "A0008") == ["1 paid 1000.00", "2 paid 1000.00"])
    #expect(try outcomes("A0005") == ["1 paid 1000.00"])
    #expect(try outcomes("A0004", "A0008") == ["1 paid 1000.00", "2 paid 1000.00"])
    #expect(try outcomes("A0004") == ["1 CO-107 N122"])
    #expect(try outcomes("A0001", "A0002", "A0009") == ["1 CO-107 N122", "2 CO-236", "3 paid 1000.00"])
  }

  @Test("A diagnosis must be a billable code on the day; a place of service must be in the list")
  func lists() throws {
    let tables =
      try MadeUpTables.diagnoses(["A000", "B001", "E119", "Z0000"])
      + MadeUpTables.diagnoses(["A000", "B001", "E1199"], name: "icd10cm_codes_2025.txt")
      + MadeUpTables.placesOfService()
    var desk = try Self.desk("diagnosis, place-of-service", tables)
    func outcome(_ diagnoses: [String], place: String = "11") throws -> [String] {
      var claim = try PlanDesk.claim([TestedLine("G0463", place: place)])
      claim.diagnoses = diagnoses
      return try desk.decide(claim).outcomes
    }
    #expect(try outcome(["E119"]) == ["1 paid 1000.00"])
    #expect(try outcome(["E11"]) == ["1 CO-16 M76"])
    #expect(try outcome(["E1199"]) == ["1 CO-146"])
    #expect(try outcome([]) == ["1 CO-16 M76"])
    #expect(try outcome(["E119"], place: "98") == ["1 CO-16 M77"])
  }

  @Test("Outpatient hospital bills are checked against the hospital's tables, and inpatient bills are not checked")
  func settings() throws {
    let text = """
      HCPCS/CPT Code,Outpatient Hospital Services MUE Values,MUE Adjudication Indicator,MUE Rationale
      A0001,2,1,any

      """
    let hospital = try MadeUpTables.imported(text, name: "MCR_MUE_OutpatientHospitalServices_Eff_01-01-2026.csv")
    #expect(hospital.map(\.kind) == [.hospitalUnits])
    let tables = try hospital + MadeUpTables.units(["A0001,5,1"]) + MadeUpTables.diagnoses(["A000", "B001", "E119"])
    var desk = try Self.desk("mue", tables)
    func outcome(_ billType: String?, _ line: TestedLine) throws -> [String] {
      var claim = try PlanDesk.claim([line])
      claim.diagnoses = ["E11"]
      if let billType { (claim.kind, claim.facilityCode) = (.institutional, billType) }
      return try desk.decide(claim).outcomes
    }
    let line = TestedLine("A0001", units: 3)
    #expect(try outcome("13", line) == ["1 CO-151 N362"])
    #expect(try outcome("11", line) == ["1 paid 1000.00"])
    #expect(try outcome(nil, line) == ["1 paid 1000.00"])
    // A line with only a revenue code refers to a diagnosis like any other line.
    desk = try Self.desk("diagnosis, mue", tables)
    #expect(try outcome("11", TestedLine(revenue: "0250", charge: "1000")) == ["1 CO-16 M76"])
  }

  @Test("A day without tables waits for a person, and no edit is skipped silently")
  func noTable() throws {
    let (units, pairs) = try (MadeUpTables.units(["A0001,2,1"]), MadeUpTables.pairs(["A0001 A0002  20200101 * 0"]))
    var desk = try Self.desk("mue", units)
    #expect(try desk.suspense(TestedLine("A0009"), on: "2026-03-31") == nil)
    #expect(try desk.suspense(TestedLine("A0009"), on: "2026-04-01") == .noTableForDay)
    var paired = try Self.desk("ncci", pairs)
    #expect(try paired.suspense(TestedLine("A0009"), on: "2026-04-01") == .noTableForDay)
    // A file of pairs includes its own history.
    var earlier = try Self.desk("ncci", pairs, year: 2025)
    #expect(
      try earlier.decide(TestedLine("A0001"), TestedLine("A0002"), on: "2025-06-01").outcomes == [
        "1 paid 1000.00", "2 CO-236",
      ])
  }

  @Test("If two editions cover a day, the one that begins later applies")
  func editions() throws {
    let tables =
      try MadeUpTables.relativeValues(["99213,,A,1,1,1,1,0,0,0,0,0,"])
      + MadeUpTables.relativeValues(["99213,,A,2,2,2,2,0,0,0,0,0,"], month: "APR")
    var desk = try PlanDesk(["pricing": "{physician_fee_schedule: {locality: national}}"], tables: tables)
    #expect(try desk.decide(TestedLine("99213"), on: "2026-03-31").outcomes == ["1 paid 97.04"])
    #expect(try desk.decide(TestedLine("99213"), on: "2026-04-01").outcomes == ["1 paid 194.08"])
  }

  @Test(
    "Excerpts of the published files give the published edits",
    .enabled(if: PublishedFiles.has("ncci_ptp_2026q3_excerpt.tsv"), "no files: set PAIDONCE_REFERENCE"))
  func published() throws {
    let pairs = try TableImport(setting: .practitioner).read(
      PublishedFiles.bytes("ncci_ptp_2026q3_excerpt.tsv"), name: "ncci_ptp_2026q3_excerpt.tsv")
    var desk = try Self.desk("ncci", pairs.editions)
    #expect(
      try desk.decide(TestedLine("0030U"), TestedLine("0001U"), on: "2026-07-01").outcomes == [
        "1 CO-236", "2 paid 1000.00",
      ])
    let name = "mue_2026q4_practitioner_excerpt.csv"
    var units = try Self.desk("mue", TableImport().read(PublishedFiles.bytes(name), name: name).editions)
    #expect(try units.decide(TestedLine("99213", units: 3), on: "2026-10-01").outcomes == ["1 CO-151 N362"])
  }
}
