import ClaimFormats
import ClaimsDomain
import Testing

@Suite("The files in the binary")
struct SampleFileTests {
  @Test("Contain three plans, one fee schedule, and no mistakes")
  func ruleset() throws {
    let ruleset = try Samples.ruleset()
    #expect(Set(ruleset.plans.keys.map(\.text)) == ["PPO", "HMO", "HDHP"])
    #expect(Array(ruleset.feeSchedules.keys) == ["standard"])
  }

  @Test("Price by HCPCS level II codes only: a letter and four digits")
  func levelTwoCodes() throws {
    let text = String(decoding: Samples.fees[0].bytes, as: UTF8.self)
    for row in text.split(separator: "\n").dropFirst() {
      let code = row.prefix { $0 != "," }
      #expect(code.count == 5 && code.first?.isLetter == true && code.dropFirst().allSatisfy(\.isNumber))
    }
  }

  @Test("Differ in the member's share of an office visit for 125.00: a copay, a copay, the deductible")
  func plansDiffer() throws {
    let ruleset = try Samples.ruleset()
    let day = try #require(CalendarDate(parsing: "2026-03-02"))
    let expected = ["PPO": ["PR-3 30.00"], "HMO": ["PR-3 20.00"], "HDHP": ["PR-1 125.00"]]
    for (plan, entries) in expected {
      let line = ServiceLine(
        number: 1, procedure: ProcedureCode(code: "G0463"), charge: try Money(parsing: "125"), placeOfService: "11",
        serviceDates: DateRange(day))
      let member = MemberID("M1")
      let claim = SubmittedClaim(
        kind: .professional, claimNumber: ClaimNumber("C1"), payer: Payer(id: PayerID("P"), name: "P"),
        facilityCode: "11", charge: line.charge, billingProvider: Provider(name: "Clinic"),
        subscriber: Subscriber(memberID: member, name: PersonName(last: "Quennell", first: "Marisol")),
        patient: .subscriber, lines: [line], digest: "")
      let span = Coverage(
        memberID: member, familyID: FamilyID("M1"), planID: PlanID(plan), effective: DateRange(day), coversFamily: false
      )
      var accumulators = Accumulators()
      let decision = try Adjudicator(ruleset: ruleset)
        .decide(claim, under: .init(received: day, spans: [span]), accumulators: &accumulators)
      #expect(decision.lines[0].adjustments.map { "\($0.code) \($0.amount)" } == entries, "\(plan)")
    }
  }

  @Test("Enroll a family of four, a couple, singles, a former member, a future member, and one who changed plans")
  func members() throws {
    let members = try MemberFile(Samples.members[0], plans: Samples.ruleset().plans.keys).members()
    let families = Dictionary(grouping: members, by: \.familyID)
    #expect(families[FamilyID("PO1001")]?.count == 4)
    #expect(families[FamilyID("PO1001")]?.allSatisfy { $0.spans.allSatisfy(\.coversFamily) } == true)
    #expect(families[FamilyID("PO2001")]?.first?.spans.first?.coversFamily == false)
    let day = try #require(CalendarDate(parsing: "2026-03-15"))
    let standing = Dictionary(
      uniqueKeysWithValues: members.map { ($0.id.text, CoverageStanding(on: day, among: $0.spans)) })
    #expect(standing["PO6001"] == .terminated)
    #expect(standing["PO7001"] == .notYetEffective)
    let changed = members.filter { $0.id == MemberID("PO8001") }
    #expect(changed.count == 1 && changed.first?.spans.map(\.planID.text) == ["HMO", "PPO"])
  }

  @Test("Identify a dependent by the name in an 837, with or without a member number")
  func dependents() throws {
    let members = try MemberFile(Samples.members[0], plans: Samples.ruleset().plans.keys).members()
    let numbers = Set(members.flatMap(\.numbers).map(\.text))
    #expect(numbers.isSuperset(of: ["PO1002", "PO1001/1982-11-03/TOBIAS", "PO1001/2014-02-27/INES"]))
  }
}
