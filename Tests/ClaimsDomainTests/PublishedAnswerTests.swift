import ClaimsDomain
import Testing

/// Decisions whose right answer somebody else has published. The ids are those of the project's list of cases.
@Suite("Published answers")
struct PublishedAnswerTests {
  private static func alone(_ amount: String) throws -> FamilyLimit {
    FamilyLimit(individual: try Sample.money(amount), family: try Sample.money(amount))
  }

  @Test("B1 healthcare.gov glossary: 12,000 allowed is 4,800 for the member and 7,200 for the plan")
  func glossary() throws {
    var desk = try Desk(
      Sample.plan(
        deductible: Self.alone("3000"), maximum: Self.alone("6850"), coinsurance: BasisPoints(20_00)))
    let decision = try desk.decide(Sample.line(charge: "12000"))
    #expect(decision.entries == ["PR-1 3000.00", "PR-2 1800.00"])
    #expect(decision.memberResponsibility == (try Sample.money("4800")))
    #expect(decision.paid == (try Sample.money("7200")))
  }

  @Test("B2 BCBSTX: an X-ray of 200 after the deductible is 160 for the plan and 40 for the member")
  func xrayInNetwork() throws {
    let deductible = try Self.alone("1000")
    var desk = try Desk(
      Sample.plan(deductible: deductible, coinsurance: BasisPoints(20_00)), spent: [.deductible: deductible.individual])
    let decision = try desk.decide(Sample.line(charge: "200"))
    #expect(decision.entries == ["PR-2 40.00"])
    #expect(decision.paid == (try Sample.money("160")))
  }

  @Test("B4 helpbetter.org: 11,000 listed, 1,500 negotiated, 1,000 of deductible left")
  func negotiated() throws {
    var desk = try Desk(
      Sample.plan(
        deductible: Self.alone("1000"), coinsurance: BasisPoints(20_00),
        pricing: Pricing(feeSchedule: "standard", otherwisePercentOfCharge: nil)),
      fees: Sample.schedule(["G0463": "1500"]))
    let decision = try desk.decide(Sample.line(charge: "11000"))
    #expect(decision.entries == ["CO-45 9500.00", "PR-1 1000.00", "PR-2 100.00"])
    #expect(decision.paid == (try Sample.money("400")))
    #expect(decision.memberResponsibility == (try Sample.money("1100")))
  }

  @Test("B5 helpbetter.org: a copay visit of 200 with the deductible waived is 170 and 30")
  func copayVisit() throws {
    let visit = BenefitRule(
      id: "office-visit", applies: ServiceMatch(placesOfService: ["11"]), copay: try Sample.money("30"),
      waivesDeductible: true, coinsurance: BasisPoints(0))
    var desk = try Desk(
      Sample.plan(deductible: Self.alone("1000"), coinsurance: BasisPoints(20_00), benefits: [visit]))
    let decision = try desk.decide(Sample.line(charge: "200"))
    #expect(decision.entries == ["PR-3 30.00"])
    #expect(decision.paid == (try Sample.money("170")))
    #expect(desk.memberDeductible == .zero)
  }

  @Test("B6 helpbetter.org: 50,000 with 1,100 spent of a maximum of 6,000 is 4,900 for the member")
  func maximum() throws {
    var desk = try Desk(
      Sample.plan(deductible: Self.alone("1000"), maximum: Self.alone("6000"), coinsurance: BasisPoints(20_00)),
      spent: [.deductible: Sample.money("1000"), .outOfPocket: Sample.money("1100")])
    let decision = try desk.decide(Sample.line(charge: "50000"))
    #expect(decision.memberResponsibility == (try Sample.money("4900")))
    #expect(decision.paid == (try Sample.money("45100")))
    #expect(desk.memberOutOfPocket == (try Sample.money("6000")))
  }

  @Test("B7 summary of benefits, having a baby: 12,700 with 1,800 deductible and 20 % is 1,800 + 2,180")
  func peg() throws {
    var desk = try Desk(Sample.plan(deductible: Self.alone("1800"), coinsurance: BasisPoints(20_00)))
    let decision = try desk.decide(
      Sample.line(1, "G0378", charge: "9500"), Sample.line(2, "G0463", charge: "2100"),
      Sample.line(3, "J1885", charge: "1100"))
    #expect(decision.entries == ["PR-1 1800.00", "PR-2 1540.00", "PR-2 420.00", "PR-2 220.00"])
    #expect(decision.memberResponsibility == (try Sample.money("3980")))
  }

  @Test("B8 illinoisinsurance.org: under an embedded family deductible one member stops at 5,000 of 10,000")
  func embedded() throws {
    let limit = FamilyLimit(individual: try Sample.money("5000"), family: try Sample.money("10000"))
    var desk = try Desk(Sample.plan(deductible: limit), spans: [Sample.coverage(coversFamily: true)])
    let decision = try desk.decide(Sample.line(charge: "7000"))
    #expect(decision.entries == ["PR-1 5000.00"])
    #expect(decision.paid == (try Sample.money("2000")))
  }

  @Test("B8 illinoisinsurance.org: with 4,000 spent of an aggregate 5,000 the plan pays nothing of the next 1,000")
  func aggregate() throws {
    let limit = FamilyLimit(
      individual: try Sample.money("2500"), family: try Sample.money("5000"), isEmbedded: false)
    var desk = try Desk(
      Sample.plan(deductible: limit), spans: [Sample.coverage(coversFamily: true)],
      spent: [.deductible: Sample.money("4000"), .outOfPocket: Sample.money("4000")])
    let decision = try desk.decide(Sample.line(charge: "1000"))
    #expect(decision.paid == .zero)
    #expect(!decision.isDenied)
    #expect(desk.total(.deductible, of: .family(Sample.family)) == limit.family)
  }

  @Test("B9 HL7 FHIR R4 example UR3503: copay 10 of 250, and the plan pays the rest")
  func copayThenWhole() throws {
    let any = BenefitRule(
      id: "any", applies: ServiceMatch(placesOfService: ["11"]), copay: try Sample.money("10"))
    var desk = try Desk(Sample.plan(benefits: [any], order: .copayFirst))
    let decision = try desk.decide(Sample.line(charge: "250"))
    #expect(decision.entries == ["PR-3 10.00"])
    #expect(decision.paid == (try Sample.money("240")))
  }
}
