import ClaimFormats
import ClaimsDomain
import Testing

/// Payments whose correct amount follows from CMS publications, made by plan files and imported tables. The ids are
/// those of the project's list of cases.
@Suite("Published payments")
struct PublishedPaymentTests {
  private static let physicianFees = [
    "pricing": "{physician_fee_schedule: {locality: national}}"
  ]

  private static let visits: [(TestedLine, String)] = [
    (TestedLine("99213"), "88.95"), (TestedLine("99213", place: "21"), "63.72"), (TestedLine("99214"), "125.18"),
    (TestedLine("99203"), "109.01"), (TestedLine("71046"), "32.67"), (TestedLine("71046", "TC"), "22.64"),
    (TestedLine("71046", "26"), "10.03"),
  ]

  @Test("P1 and P2: visits by place of service, and a chest film by its components")
  func visits() throws {
    var desk = try PlanDesk(
      Self.physicianFees, tables: MadeUpTables.relativeValues(MadeUpTables.officeVisits, year: 2025), year: 2025)
    for (line, fee) in Self.visits {
      #expect(try desk.decide(line, on: "2025-03-03").outcomes == ["1 paid \(fee)"])
    }
  }

  @Test(
    "P1 and P2 from the file itself, with its localities",
    .enabled(if: PublishedFiles.has("mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv"), "no files: set PAIDONCE_REFERENCE"))
  func file() throws {
    let tables = try ["mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv", "gpci_2025.csv", "locality_county_crosswalk_2025.csv"]
      .flatMap { try TableImport().read(PublishedFiles.bytes($0), name: $0).editions }
    var desk = try PlanDesk(Self.physicianFees, tables: tables, year: 2025)
    for (line, fee) in Self.visits {
      #expect(try desk.decide(line, on: "2025-03-03").outcomes == ["1 paid \(fee)"])
    }
    // (1.3 x 1.5 + 1.35 x 1.081 + 0.1 x 0.592) x 32.3465 = 112.1954...
    for locality in ["{contractor: \"02102\", number: \"01\"}", "{state: Alaska, county: Nome}"] {
      var alaska = try PlanDesk(
        ["pricing": "{physician_fee_schedule: {locality: \(locality)}}"], tables: tables, year: 2025)
      #expect(try alaska.decide(TestedLine("99213"), on: "2025-03-03").outcomes == ["1 paid 112.20"])
    }
  }

  @Test("A plan's own conversion factor applies in its year, and the file's factor in other years")
  func conversionFactor() throws {
    let tables = try [2025, 2026].flatMap { try MadeUpTables.relativeValues(MadeUpTables.officeVisits, year: $0) }
    let terms = [
      "pricing":
        "{physician_fee_schedule: {locality: national, conversion_factors: [{year: 2026, amount: \"40.0000\"}]}}"
    ]
    var own = try PlanDesk(terms, tables: tables)
    #expect(try own.decide(TestedLine("99213")).outcomes == ["1 paid 110.00"])
    var before = try PlanDesk(terms, tables: tables, year: 2025)
    #expect(try before.decide(TestedLine("99213"), on: "2025-03-03").outcomes == ["1 paid 88.95"])
  }

  @Test("P3: multiple surgery is 1,043.48 + 505.30 + 461.45, and 1,608.18 at 80 %")
  func multipleSurgery() throws {
    let rows = ["G0001", "G0002", "G0003"].map { "\($0),,A,1,1,1,1,2,0,0,0,0," }
    let fees = ["G0001,,1010.60", "G0002,,1043.48", "G0003,,922.90"]
    let terms = ["pricing": "{fee_schedule: fees}", "payment_rules": "medicare"]
    let lines = fees.map { TestedLine(String($0.prefix(5)), charge: "2000") }
    var whole = try PlanDesk(terms, fees: fees, tables: MadeUpTables.relativeValues(rows))
    let decision = try whole.decide(lines[0], lines[1], lines[2])
    #expect(decision.outcomes == ["1 paid 505.30", "2 paid 1043.48", "3 paid 461.45"])
    #expect(decision.paid.description == "2010.23")
    #expect(decision.lines[0].adjustments.map { "\($0.code) \($0.amount)" } == ["CO-45 989.40", "CO-59 505.30"])
    var shared = try PlanDesk(
      terms.merging(["coinsurance": "20%"]) { $1 }, fees: fees, tables: MadeUpTables.relativeValues(rows))
    #expect(try shared.decide(lines[0], lines[1], lines[2]).paid.description == "1608.18")
  }

  @Test("P4: a family of endoscopies is 310.02 + 75.12 + 70.13, and its base nothing")
  func endoscopies() throws {
    let rows =
      ["G0001,,A,1,1,1,1,2,0,0,0,0,"] + ["G0002", "G0003", "G0004"].map { "\($0),,A,1,1,1,1,3,0,0,0,0,G0001" }
    let fees = ["G0001,,200.00", "G0002,,275.12", "G0003,,310.02", "G0004,,270.13"]
    var desk = try PlanDesk(
      ["pricing": "{fee_schedule: fees}", "payment_rules": "medicare"], fees: fees,
      tables: MadeUpTables.relativeValues(rows))
    let decision = try desk.decide(TestedLine("G0001"), TestedLine("G0002"), TestedLine("G0003"), TestedLine("G0004"))
    #expect(decision.outcomes == ["1 CO-97", "2 paid 75.12", "3 paid 310.02", "4 paid 70.13"])
    #expect(decision.paid.description == "455.27")
  }

  @Test(
    "P5: both sides of a fee of 125 are 125.00 under indicator 0, and 187.50 under indicator 1",
    arguments: [("0", "125.00"), ("1", "187.50")])
  func bothSides(indicator: String, paid: String) throws {
    var desk = try PlanDesk(
      ["pricing": "{fee_schedule: fees}", "payment_rules": "medicare"], fees: ["G0001,,125.00"],
      tables: MadeUpTables.relativeValues(["G0001,,A,1,1,1,1,2,\(indicator),0,0,0,"]))
    let sides = [TestedLine("G0001", "LT", charge: "100"), TestedLine("G0001", "RT", charge: "100")]
    #expect(try desk.decide(sides[0], sides[1]).paid.description == paid)
  }

  @Test("P6: of 100 approved, 50 of deductible and 20 %, sequestration leaves 39.20, and the patient owes 60.00")
  func sequestration() throws {
    var desk = try PlanDesk([
      "deductible": "{individual: 50, family: 50, embedded: true}", "coinsurance": "20%", "sequestration": "true",
    ])
    let decision = try desk.decide("100")
    #expect(decision.remitted == ["PR-1 50.00", "PR-2 10.00", "CO-253 0.80", "paid 39.20"])
    #expect(decision.memberResponsibility.description == "60.00" && decision.allowed.description == "100.00")
  }

  @Test("P7: Medicare after a payer that allowed 150 and paid 120 pays the least of 55, 100 and 30")
  func medicareSecondary() throws {
    var desk = try PlanDesk(
      [
        "coinsurance": "20%", "pricing": "{fee_schedule: fees}", "coordination_of_benefits": "medicare-secondary",
      ], fees: ["G0463,,125.00"])
    var claim = try PlanDesk.claim([TestedLine("G0463", charge: "175")])
    let adjustments = try [("CO", "45", "25"), ("PR", "2", "30")].map {
      OtherPayerAdjustment(group: $0, reason: $1, amount: try Money(parsing: $2))
    }
    let paid = try Money(parsing: "120")
    claim.payerSequence = .secondary
    claim.otherPayers = [OtherPayer(id: PayerID("FIRST"), sequence: .primary, paid: paid)]
    claim.lines[0].otherPayers = [OtherPayerLine(payer: PayerID("FIRST"), paid: paid, adjustments: adjustments)]
    let decision = try desk.decide(claim)
    #expect(decision.remitted == ["OA-23 145.00", "paid 30.00"])
    #expect(decision.memberResponsibility == .zero)
  }
}
