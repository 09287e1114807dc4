import ClaimsDomain
import Testing

/// Decisions whose correct answer was published elsewhere, made by plan files. The ids are those of the project's list
/// of cases.
@Suite("Published answers")
struct PublishedAnswerTests {
  private static func alone(_ amount: String) -> String {
    "{individual: \(amount), family: \(amount), embedded: true}"
  }

  @Test("B1 healthcare.gov glossary: 12,000 allowed is 4,800 for the member and 7,200 for the plan")
  func glossary() throws {
    var desk = try PlanDesk([
      "deductible": Self.alone("3000"), "out_of_pocket_maximum": Self.alone("6850"), "coinsurance": "20%",
    ])
    let decision = try desk.decide("12000")
    #expect(decision.remitted == ["PR-1 3000.00", "PR-2 1800.00", "paid 7200.00"])
    #expect(desk.total(.deductible) == "3000.00" && desk.total(.outOfPocket) == "4800.00")
  }

  @Test("B2 BCBSTX: an X-ray of 200 after the deductible is 160 for the plan and 40 for the member")
  func xrayInNetwork() throws {
    var desk = try PlanDesk(
      ["deductible": Self.alone("1000"), "coinsurance": "20%"], spent: [.deductible: "1000"])
    #expect(try desk.decide("200").remitted == ["PR-2 40.00", "paid 160.00"])
  }

  @Test("B2 BCBSTX: out of network, 300 charged and 200 allowed is 160, 40, and 100 of balance billing")
  func xrayOutOfNetwork() throws {
    var desk = try PlanDesk(
      [
        "deductible": Self.alone("500"), "coinsurance": "10%",
        "out_of_network": """
        {network: harbour, deductible: \(Self.alone("1000")), out_of_pocket_maximum: \(Self.alone("8000")),
          coinsurance: 20%, pricing: {fee_schedule: fees}}
        """,
      ], fees: ["G0463,,200.00"],
      networks: [Samples.file("harbour.csv", "npi,effective,termination\n1111111112,2026-01-01,\n")],
      spent: [.outOfNetworkDeductible: "1000", .outOfNetworkOutOfPocket: "1000"])
    let decision = try desk.decide("300")
    #expect(decision.remitted == ["PR-45 100.00", "PR-2 40.00", "paid 160.00"])
    #expect(try decision.lines[0].balanceBilled == Money(parsing: "100"))
    #expect(desk.total(.outOfNetworkOutOfPocket) == "1040.00" && desk.total(.outOfNetworkDeductible) == "1000.00")
    #expect(desk.total(.outOfPocket) == "0.00" && desk.total(.deductible) == "0.00")
  }

  @Test("B3 BCBSNM: of 22 physical-therapy visits under a limit of 20, two are denied PR-119")
  func visitLimit() throws {
    var desk = try PlanDesk([
      "benefits": "[{id: physical-therapy, applies: {procedures: [97*]}, limit: {visits: 20}}]"
    ])
    let visits = try (1...22).map { visit in
      try desk.decide("100", "50", code: "97110", on: "2026-03-\(visit < 10 ? "0" : "")\(visit)")
    }
    #expect(visits.prefix(20).allSatisfy { $0.remitted == ["paid 150.00"] })
    #expect(
      visits.suffix(2).allSatisfy { $0.isDenied && $0.remitted == ["PR-119 100.00", "PR-119 50.00", "paid 0.00"] })
    #expect(desk.total(.visits(benefit: "physical-therapy")) == "0.20")
    #expect(desk.total(.outOfPocket) == "0.00")
  }

  @Test("B4 helpbetter.org: 11,000 listed, 1,500 negotiated, 1,000 of deductible left")
  func negotiated() throws {
    var desk = try PlanDesk(
      ["deductible": Self.alone("1000"), "coinsurance": "20%", "pricing": "{fee_schedule: fees}"],
      fees: ["G0463,,1500.00"])
    let decision = try desk.decide("11000")
    #expect(decision.remitted == ["CO-45 9500.00", "PR-1 1000.00", "PR-2 100.00", "paid 400.00"])
    #expect(decision.memberResponsibility == (try Money(parsing: "1100")))
  }

  @Test("B5 helpbetter.org: a copay visit of 200 with the deductible waived is 170 and 30")
  func copayVisit() throws {
    let visit = "{id: office, applies: {places_of_service: [\"11\"]}, copay: 30, waives_deductible: true}"
    var desk = try PlanDesk(["deductible": Self.alone("1000"), "benefits": "[\(visit)]"])
    #expect(try desk.decide("200").remitted == ["PR-3 30.00", "paid 170.00"])
    #expect(desk.total(.deductible) == "0.00")
  }

  @Test("B6 helpbetter.org: 50,000 after 1,100 of a maximum of 6,000 is 4,900 and 45,100")
  func maximum() throws {
    var desk = try PlanDesk(
      ["deductible": Self.alone("1000"), "out_of_pocket_maximum": Self.alone("6000"), "coinsurance": "20%"],
      spent: [.deductible: "1000", .outOfPocket: "1100"])
    #expect(try desk.decide("50000").remitted == ["PR-2 4900.00", "paid 45100.00"])
    #expect(desk.total(.outOfPocket) == "6000.00")
  }

  @Test("B7 summary of benefits, having a baby: 12,700 with 1,800 deductible and 20 % is 1,800 + 2,180")
  func baby() throws {
    var desk = try PlanDesk(["deductible": Self.alone("1800"), "coinsurance": "20%"])
    let decision = try desk.decide("9500", "2100", "1100")
    #expect(
      decision.remitted == ["PR-1 1800.00", "PR-2 1540.00", "PR-2 420.00", "PR-2 220.00", "paid 8720.00"])
    #expect(decision.memberResponsibility == (try Money(parsing: "3980")))
  }

  @Test("B8 illinoisinsurance.org: under an embedded family deductible one member stops at 5,000 of 10,000")
  func embedded() throws {
    var desk = try PlanDesk(
      ["deductible": "{individual: 5000, family: 10000, embedded: true}"], isFamily: true)
    #expect(try desk.decide("7000").remitted == ["PR-1 5000.00", "paid 2000.00"])
    #expect(desk.total(.deductible, ofFamily: true) == "5000.00")
  }

  @Test("B8 illinoisinsurance.org: with 4,000 spent of an aggregate 5,000 the plan pays nothing of the next 1,000")
  func aggregate() throws {
    var desk = try PlanDesk(
      ["deductible": "{individual: 2500, family: 5000, embedded: false}"], isFamily: true,
      spent: [.deductible: "4000", .outOfPocket: "4000"])
    let decision = try desk.decide("1000")
    #expect(decision.remitted == ["PR-1 1000.00", "paid 0.00"] && !decision.isDenied)
    #expect(desk.total(.deductible, ofFamily: true) == "5000.00")
  }

  @Test("B9 HL7 FHIR R4 example UR3503: copay 10 of 250, and the plan pays the rest")
  func copayThenWhole() throws {
    let any = "{id: any, applies: {places_of_service: [\"11\"]}, copay: 10}"
    var desk = try PlanDesk(["benefits": "[\(any)]", "cost_share_order": "copay-first"])
    #expect(try desk.decide("250").remitted == ["PR-3 10.00", "paid 240.00"])
  }

  @Test(
    "B10 opendental.com: the primary paid 80 of 100, and the secondary pays 80 % of its own allowed amount",
    arguments: [
      ("basic", "110", ["paid 30.00"]), ("basic", "90", ["PR-2 10.00", "paid 10.00"]),
      ("standard", "110", ["paid 20.00"]), ("standard", "90", ["paid 20.00"]),
      ("carve-out", "110", ["PR-2 12.00", "paid 8.00"]),
      ("carve-out", "90", ["PR-2 18.00", "paid 0.00"]),
    ])
  func secondary(method: String, allowed: String, remitted: [String]) throws {
    let decision = try Self.coordinated(method, allowed: allowed, coinsurance: "20%", primaryPaid: "80")
    #expect(decision.remitted.filter { !$0.hasPrefix("CO") && !$0.hasPrefix("OA") } == remitted)
  }

  @Test(
    "B11 opendental.com: the primary paid 50 of 100, and the secondary pays 50 % of its own allowed amount",
    arguments: [("basic", "110", "55.00"), ("basic", "90", "40.00"), ("standard", "110", "50.00")])
  func secondaryHalf(method: String, allowed: String, paid: String) throws {
    let decision = try Self.coordinated(method, allowed: allowed, coinsurance: "50%", primaryPaid: "50")
    #expect(decision.paid == (try Money(parsing: paid)))
    #expect(decision.lines[0].adjustments.contains { $0.code == "OA-23" })
  }

  /// Decides a claim for 120, of which the primary allowed 100.
  private static func coordinated(
    _ method: String, allowed: String, coinsurance: String, primaryPaid: String
  ) throws -> Decision {
    var desk = try PlanDesk(
      [
        "coordination_of_benefits": method, "coinsurance": coinsurance, "pricing": "{fee_schedule: fees}",
      ], fees: ["G0463,,\(allowed)"])
    var claim = try PlanDesk.claim(["120"])
    let primary = PayerID("FIRST")
    let paid = try Money(parsing: primaryPaid)
    claim.payerSequence = .secondary
    claim.otherPayers = [OtherPayer(id: primary, sequence: .primary, paid: paid)]
    claim.lines[0].otherPayers = [
      OtherPayerLine(
        payer: primary, paid: paid,
        adjustments: [
          OtherPayerAdjustment(group: "CO", reason: "45", amount: try Money(parsing: "20")),
          OtherPayerAdjustment(group: "PR", reason: "2", amount: try Money(parsing: "100") - paid),
        ])
    ]
    return try desk.decide(claim)
  }
}
