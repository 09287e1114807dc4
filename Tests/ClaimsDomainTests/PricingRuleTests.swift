import ClaimsDomain
import Testing

@Suite("Benefits and prices")
struct PricingRuleTests {
  private static let table = Pricing(feeSchedule: "standard", otherwisePercentOfCharge: nil)

  @Test("A service that the plan excludes is CO-96 with N130")
  func notCovered() throws {
    let hearing = BenefitRule(id: "hearing", applies: ServiceMatch(procedures: ["V5*"]), isCovered: false)
    var desk = try Desk(Sample.plan(benefits: [hearing]))
    let decision = try desk.decide(Sample.line(1, "V5010", charge: "90"), Sample.line(2, charge: "10"))
    #expect(decision.lines[0].entries == ["CO-96 90.00"])
    #expect(decision.lines[0].adjustments[0].remark == "N130")
    #expect(decision.lines[1].paid == (try Sample.money("10")))
  }

  @Test("The first benefit that matches decides")
  func firstMatch() throws {
    let place = ServiceMatch(placesOfService: ["11"])
    let first = BenefitRule(id: "first", applies: place, copay: try Sample.money("10"))
    let second = BenefitRule(id: "second", applies: place, copay: try Sample.money("20"))
    var desk = try Desk(Sample.plan(benefits: [first, second]))
    #expect(try desk.decide(Sample.line(charge: "100")).entries == ["PR-3 10.00"])
  }

  @Test("The fee applies per unit, and the charge above it is CO-45")
  func feeForEachUnit() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule(["J1885": "0.52"]))
    let units = try #require(Units(parsing: "2.5"))
    let decision = try desk.decide(Sample.line(1, "J1885", charge: "40", units: units))
    #expect(decision.entries == ["CO-45 38.70"])
    #expect(decision.paid == (try Sample.money("1.30")))
  }

  @Test("A charge below the fee is allowed as it is")
  func lesserOfCharge() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule(["G0463": "125"]))
    let decision = try desk.decide(Sample.line(charge: "99.99"))
    #expect(decision.entries.isEmpty)
    #expect(decision.allowed == (try Sample.money("99.99")))
  }

  @Test("A component or rented equipment without its own row is never paid at the price of the whole")
  func unpricedModifier() throws {
    for modifier in ["26", "TC", "RR", "UE", "NU"] {
      var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule(["G0463": "125"]))
      var line = try Sample.line(charge: "300")
      line.procedure?.modifiers = ["GA", modifier]
      #expect(throws: AdjudicationFailure.suspended(Suspense(.priceByReport, lines: [1]))) { _ = try desk.decide(line) }
    }
  }

  @Test(
    "A fee for the line's modifiers precedes the fee for the bare code, in any order of modifiers",
    arguments: [
      (["TC"], "20.00"), (["LT", "TC"], "15.00"), (["TC", "LT"], "15.00"), (["GA", "TC"], "20.00"), (["GA"], "30.00"),
      ([], "30.00"),
    ])
  func modifiers(modifiers: [String], allowed: String) throws {
    var desk = try Desk(
      Sample.plan(pricing: Self.table),
      fees: Sample.schedule(["G0279": "30", "G0279-TC": "20", "G0279-TC-LT": "15"]))
    let decision = try desk.decide(Sample.line(1, "G0279", charge: "100", modifiers: modifiers))
    #expect(decision.allowed.description == allowed)
  }

  @Test("A fee applies on the day of service, and not on the day of receipt")
  func feeOnTheDay() throws {
    let entry = FeeSchedule.Entry(code: "J1885")
    let fees = FeeSchedule(
      name: "standard",
      fees: [
        entry: [
          .init(amount: try Sample.money("1"), effective: try Sample.days("2026-01-01", "2026-06-30")),
          .init(amount: try Sample.money("2"), effective: try Sample.days("2026-07-01", "2026-12-31")),
        ]
      ])
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: fees)
    let decision = try desk.decide(
      Sample.line(1, "J1885", charge: "9", on: "2026-06-30"), Sample.line(2, "J1885", charge: "9", on: "2026-07-01"),
      received: "2026-08-01")
    #expect(decision.lines.map(\.paid.description) == ["1.00", "2.00"])
  }

  @Test("An unlisted code is allowed at a percentage of the charge, rounded half up to the cent")
  func percentOfCharge() throws {
    let pricing = Pricing(feeSchedule: "standard", otherwisePercentOfCharge: BasisPoints(60_00))
    var desk = try Desk(Sample.plan(pricing: pricing), fees: Sample.schedule([:]))
    let decision = try desk.decide(Sample.line(charge: "33.34"))
    #expect(decision.allowed.description == "20.00")
    #expect(decision.entries == ["CO-45 13.34"])
  }

  @Test("An unlisted code without a percentage is CO-96 with N448")
  func notListed() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule([:]))
    let decision = try desk.decide(Sample.line(charge: "50"))
    #expect(decision.entries == ["CO-96 50.00"])
    #expect(decision.lines[0].adjustments[0].remark == "N448")
  }

  @Test("A revenue code may have its own fee: a per diem")
  func perDiem() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule(["0120": "1500"]))
    let stay = try Sample.line(
      1, "", charge: "9000", units: Units(4), revenue: "0120", on: "2026-03-01", through: "2026-03-05")
    #expect(try desk.decide(stay).allowed == (try Sample.money("6000")))
  }

  @Test("A benefit for a place of service does not apply to a type of bill with the same digits")
  func billIsNoPlace() throws {
    let match = ServiceMatch(placesOfService: ["11"])
    let visit = try Sample.line(charge: "100")
    #expect(match.matches(visit))
    #expect(!match.matches(try Sample.line(1, "", charge: "100", revenue: "0120")))
    #expect(ServiceMatch().matches(try Sample.line(1, "", charge: "100", revenue: "0120")))
  }

  @Test("If a price exceeds 64 bits, the charge is allowed")
  func priceBeyondMeasure() throws {
    var desk = try Desk(
      Sample.plan(pricing: Self.table), fees: Sample.schedule(["G0463": Money.claimLimit.description]))
    let decision = try desk.decide(Sample.line(charge: "70", units: .limit))
    #expect(decision.paid == (try Sample.money("70")))
  }

  @Test("A line without a charge is neither priced nor denied, and has no adjustment")
  func noCharge() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule([:]))
    let decision = try desk.decide(Sample.line(charge: "0"))
    #expect(decision.entries.isEmpty)
    #expect(!decision.isDenied)
  }

  @Test("A line without a charge does not keep a denied claim from being denied")
  func noChargeAmongDenied() throws {
    var desk = try Desk(Sample.plan(pricing: Self.table), fees: Sample.schedule([:]))
    let decision = try desk.decide(Sample.line(1, charge: "50"), Sample.line(2, "G8427", charge: "0"))
    #expect(decision.isDenied)
  }
}
