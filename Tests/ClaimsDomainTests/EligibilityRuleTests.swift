import ClaimsDomain
import Testing

@Suite("Identity, coverage, timely filing, duplicates")
struct EligibilityRuleTests {
  @Test("An unknown member number is PR-31")
  func unknownMember() throws {
    var desk = try Desk(Sample.plan(), spans: [])
    let decision = try desk.decide(Sample.line(charge: "100"))
    #expect(decision.entries == ["PR-31 100.00"])
    #expect(decision.isDenied)
  }

  @Test(
    "Coverage applies to each line's own day: PR-26 before it, PR-27 after it, paid within",
    arguments: [("2026-01-31", "PR-26"), ("2026-02-01", ""), ("2026-02-28", ""), ("2026-03-01", "PR-27")])
  func coverage(day: String, denial: String) throws {
    var desk = try Desk(Sample.plan(), spans: [Sample.coverage("2026-02-01", "2026-02-28")])
    let decision = try desk.decide(
      Sample.line(1, charge: "100", on: day), Sample.line(2, "J1885", charge: "10", on: "2026-02-10"))
    #expect(decision.lines[0].adjustments.map(\.code) == (denial.isEmpty ? [] : [denial]))
    #expect(decision.lines[1].paid == (try Sample.money("10")))
    #expect(!decision.isDenied)
  }

  @Test("A stay that outlasts coverage is covered by the day it began")
  func stay() throws {
    var desk = try Desk(Sample.plan(), spans: [Sample.coverage("2026-02-01", "2026-02-28")])
    let stay = try Sample.line(1, "", charge: "900", revenue: "0120", on: "2026-02-27", through: "2026-03-02")
    #expect(try desk.decide(stay).paid == stay.charge)
  }

  @Test("A claim on the last day of the filing limit is in time, and a day later is CO-29")
  func timelyFiling() throws {
    var desk = try Desk(Sample.plan(timelyFilingDays: 30))
    let line = try Sample.line(charge: "100", on: "2026-03-01")
    #expect(try desk.decide(line, received: "2026-03-31").entries.isEmpty)
    #expect(try desk.decide(line, received: "2026-04-01").entries == ["CO-29 100.00"])
  }

  @Test("Timely filing counts from the claim's last day of service, for all its lines")
  func lastDayOfService() throws {
    var desk = try Desk(Sample.plan(timelyFilingDays: 30))
    let decision = try desk.decide(
      Sample.line(1, charge: "100", on: "2026-02-01"), Sample.line(2, "J1885", charge: "5", on: "2026-03-01"),
      received: "2026-03-31")
    #expect(decision.entries.isEmpty)
  }

  @Test("A line that another decision already allowed is OA-18, and the other lines are decided")
  func duplicateOfAnotherClaim() throws {
    var desk = try Desk(Sample.plan())
    let decision = try desk.decide(
      Sample.line(1, charge: "100"), Sample.line(2, "J1885", charge: "5"), duplicates: [1])
    #expect(decision.entries == ["OA-18 100.00"])
    #expect(decision.paid == (try Sample.money("5")))
  }

  @Test("A line that repeats an earlier one of its claim is OA-18")
  func duplicateWithinClaim() throws {
    var desk = try Desk(Sample.plan())
    let decision = try desk.decide(Sample.line(1, charge: "100"), Sample.line(2, charge: "100"))
    #expect(decision.lines[0].paid == (try Sample.money("100")))
    #expect(decision.lines[1].entries == ["OA-18 100.00"])
  }

  @Test(
    "A modifier can mark a line as a second service, which is paid, however often",
    arguments: ["76", "77", "91", "59", "XE", "XS", "XP", "XU"])
  func realSecondService(modifier: String) throws {
    var desk = try Desk(Sample.plan())
    let decision = try desk.decide(
      Sample.line(1, charge: "100"), Sample.line(2, charge: "100", modifiers: [modifier]),
      Sample.line(3, charge: "100", modifiers: [modifier]))
    #expect(decision.paid == (try Sample.money("300")))
  }

  @Test("Lines that differ in day, side, units, charge or place are not duplicates")
  func distinctLines() throws {
    var desk = try Desk(Sample.plan())
    let decision = try desk.decide(
      Sample.line(1, charge: "100"), Sample.line(2, charge: "100", on: "2026-03-03"),
      Sample.line(3, charge: "100", modifiers: ["LT"]), Sample.line(4, charge: "100", units: Units(2)),
      Sample.line(5, charge: "101"), Sample.line(6, charge: "100", place: "12"))
    #expect(decision.entries.isEmpty)
  }

  @Test("Two lines with only a revenue code are not treated as one service")
  func revenueCodeAlone() throws {
    var desk = try Desk(Sample.plan())
    let decision = try desk.decide(
      Sample.line(1, "", charge: "80", revenue: "0250"), Sample.line(2, "", charge: "80", revenue: "0250"))
    #expect(decision.paid == (try Sample.money("160")))
  }

  @Test("Denied lines use nothing")
  func deniedLinesConsumeNothing() throws {
    let limit = FamilyLimit(individual: try Sample.money("500"), family: try Sample.money("500"))
    var desk = try Desk(Sample.plan(deductible: limit))
    try desk.decide(Sample.line(1, charge: "100"), duplicates: [1])
    try desk.decide(Sample.line(1, charge: "100", on: "2025-01-01"))
    #expect(desk.totals.isEmpty)
  }

  @Test("A plan that the rules do not have is something to wait for, and not a decision about the claim")
  func unknownPlan() throws {
    let stranger = try Coverage(
      memberID: Sample.member, familyID: Sample.family, planID: PlanID("GONE"),
      effective: Sample.days("2026-01-01", "2026-12-31"), coversFamily: false)
    var desk = try Desk(Sample.plan(), spans: [stranger])
    #expect(throws: AdjudicationFailure.suspended(Suspense(.planUnknown))) {
      try desk.decide(Sample.line(charge: "100"))
    }
  }
}
