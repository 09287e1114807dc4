import ClaimsDomain
import Testing

@Suite("Cost sharing")
struct CostShareTests {
  private static func limit(_ individual: String, _ family: String, embedded: Bool = true) throws -> FamilyLimit {
    FamilyLimit(individual: try Sample.money(individual), family: try Sample.money(family), isEmbedded: embedded)
  }

  private static func visit(_ copay: String, coinsurance: Int64? = 0, waives: Bool = false) throws -> BenefitRule {
    BenefitRule(
      id: "visit", applies: ServiceMatch(placesOfService: ["11"]), copay: try Sample.money(copay),
      waivesDeductible: waives, coinsurance: coinsurance.map { BasisPoints($0) })
  }

  @Test(
    "The plan decides whether deductible or copay comes first; coinsurance applies to the rest",
    arguments: [
      (CostShareOrder.deductibleFirst, ["PR-1 100.00", "PR-3 30.00", "PR-2 14.00"]),
      (.copayFirst, ["PR-3 30.00", "PR-1 100.00", "PR-2 14.00"]),
    ])
  func order(order: CostShareOrder, entries: [String]) throws {
    var desk = try Desk(
      Sample.plan(
        deductible: Self.limit("100", "100"), coinsurance: BasisPoints(20_00),
        benefits: [Self.visit("30", coinsurance: nil)], order: order))
    #expect(try desk.decide(Sample.line(charge: "200")).entries == entries)
  }

  @Test("The order matters if both do not fit: 110 is first all deductible, or first the copay")
  func orderMatters() throws {
    for (order, entries) in [
      (CostShareOrder.deductibleFirst, ["PR-1 100.00", "PR-3 10.00"]), (.copayFirst, ["PR-3 30.00", "PR-1 80.00"]),
    ] {
      var desk = try Desk(
        Sample.plan(deductible: Self.limit("100", "100"), benefits: [Self.visit("30")], order: order))
      #expect(try desk.decide(Sample.line(charge: "110")).entries == entries)
    }
  }

  @Test("The lines of a visit share one copay: the first takes what it can, and the next takes the rest")
  func copayOfAVisit() throws {
    var desk = try Desk(Sample.plan(benefits: [Self.visit("30", waives: true)]))
    let decision = try desk.decide(
      Sample.line(1, charge: "20"), Sample.line(2, "J1885", charge: "50"), Sample.line(3, "J3420", charge: "50"))
    #expect(decision.lines.map(\.entries) == [["PR-3 20.00"], ["PR-3 10.00"], []])
  }

  @Test("Another day is another visit, and so is another claim")
  func copayOfTwoVisits() throws {
    var desk = try Desk(Sample.plan(benefits: [Self.visit("30", waives: true)]))
    let decision = try desk.decide(Sample.line(1, charge: "100"), Sample.line(2, charge: "100", on: "2026-03-03"))
    #expect(decision.memberResponsibility == (try Sample.money("60")))
    #expect(try desk.decide(Sample.line(1, "T1015", charge: "100")).memberResponsibility == (try Sample.money("30")))
  }

  @Test("A copay never exceeds the rest of the allowed amount")
  func copayAboveAllowed() throws {
    var desk = try Desk(Sample.plan(benefits: [Self.visit("30", waives: true)]))
    let decision = try desk.decide(Sample.line(charge: "12.50"))
    #expect(decision.entries == ["PR-3 12.50"])
    #expect(!decision.isDenied)
  }

  @Test("The out-of-pocket maximum waives the last share first, and the plan pays it")
  func maximumForgivesLastFirst() throws {
    let plan = try Sample.plan(
      deductible: Self.limit("100", "100"), maximum: Self.limit("120", "120"), coinsurance: BasisPoints(50_00),
      benefits: [Self.visit("30", coinsurance: nil)])
    var desk = try Desk(plan)
    let decision = try desk.decide(Sample.line(charge: "400"))
    #expect(decision.entries == ["PR-1 100.00", "PR-3 20.00"])
    #expect(decision.paid == (try Sample.money("280")))
    #expect(desk.memberOutOfPocket == (try Sample.money("120")))
  }

  @Test("A share reduced by the maximum states its amount before the reduction")
  func maximumExplainsItself() throws {
    var desk = try Desk(Sample.plan(maximum: Self.limit("50", "50"), coinsurance: BasisPoints(20_00)))
    let share = try #require(try desk.decide(Sample.line(charge: "400")).lines.first?.adjustments.first)
    #expect(share.amount == (try Sample.money("50")))
    #expect(share.explanation.inputs.contains(RuleInput("before the maximum", "80.00")))
    #expect(share.explanation.inputs.contains(RuleInput("out-of-pocket maximum left", "50.00")))
  }

  @Test(
    "Deductible, copay and coinsurance all count toward the maximum; only the deductible counts toward the deductible")
  func whatCounts() throws {
    var desk = try Desk(
      Sample.plan(
        deductible: Self.limit("100", "100"), coinsurance: BasisPoints(20_00),
        benefits: [Self.visit("30", coinsurance: nil)]))
    try desk.decide(Sample.line(charge: "200"))
    #expect(desk.memberDeductible == (try Sample.money("100")))
    #expect(desk.memberOutOfPocket == (try Sample.money("144")))
  }

  @Test("A claim appends one entry per scope to the ledger")
  func entries() throws {
    let plan = try Sample.plan(deductible: Self.limit("100", "100"), coinsurance: BasisPoints(20_00))
    let desk = try Desk(plan)
    let claim = try Sample.claim([Sample.line(1, charge: "90"), Sample.line(2, "J1885", charge: "30")])
    var accumulators = Accumulators()
    _ = try desk.adjudicator.decide(
      claim, under: .init(received: Sample.day("2026-04-01"), spans: desk.spans), accumulators: &accumulators)
    #expect(accumulators.applied.map(\.amount.description) == ["100.00", "100.00", "104.00", "104.00"])
    #expect(Set(accumulators.applied.map(\.scope)) == Set(desk.adjudicator.scopes(of: claim, among: desk.spans)))
  }

  @Test("Lines of two years count toward two years")
  func planYears() throws {
    var desk = try Desk(
      Sample.plan(deductible: Self.limit("100", "100")), spans: [Sample.coverage("2025-01-01", "2026-12-31")])
    let decision = try desk.decide(
      Sample.line(1, charge: "100", on: "2025-12-31"), Sample.line(2, charge: "100", on: "2026-01-01"))
    #expect(decision.entries == ["PR-1 100.00", "PR-1 100.00"])
    #expect(desk.memberDeductible == (try Sample.money("100")))
  }

  @Test("A member owes no deductible once the family has met its limit, even if the member has spent nothing")
  func familyMet() throws {
    var desk = try Desk(Sample.plan(deductible: Self.limit("100", "150")), spans: [])
    for (member, entries) in [("A", ["PR-1 100.00"]), ("B", ["PR-1 50.00"]), ("C", [])] {
      desk.spans = [try Sample.coverage(member: MemberID(member), coversFamily: true)]
      #expect(try desk.decide(Sample.claim([Sample.line(charge: "120")], member: MemberID(member))).entries == entries)
    }
  }

  @Test("A failure does not change the totals")
  func failureChangesNothing() throws {
    let plan = try Sample.plan(deductible: Self.limit("100", "100"))
    let desk = try Desk(plan)
    let overfull = Money(cents: .max)
    let scope = AccumulatorScope(
      holder: .family(Sample.family), planID: plan.id, planYear: 2026, bucket: .outOfPocket)
    var accumulators = Accumulators(balances: [scope: overfull])
    let before = accumulators
    #expect(throws: AdjudicationFailure.amount(.overflow)) {
      try desk.adjudicator.decide(
        Sample.claim([Sample.line(charge: "50")]), under: .init(received: Sample.day("2026-04-01"), spans: desk.spans),
        accumulators: &accumulators)
    }
    #expect(accumulators == before)
  }
}
