import ClaimsDomain
import Testing

@Suite("Claims that another payer pays before us")
struct OtherPayerTests {
  private static let first = PayerID("FIRST")

  private static func decided(_ paid: String, _ adjustments: (String, String, String)...) throws -> OtherPayerLine {
    OtherPayerLine(
      payer: first, paid: try Sample.money(paid),
      adjustments: try adjustments.map {
        OtherPayerAdjustment(group: $0.0, reason: $0.1, amount: try Sample.money($0.2))
      })
  }

  /// Makes a claim with two lines of 60 and 40, of which the first payer paid 48 and 32 and left 8 and 4 to the member.
  private static func claim(paid: String = "80", onSecondLine: String = "32") throws -> SubmittedClaim {
    var claim = try Sample.claim([
      Sample.line(1, "G0463", charge: "60"), Sample.line(2, "J1885", charge: "40"),
    ])
    claim.payerSequence = .secondary
    claim.otherPayers = [OtherPayer(id: first, sequence: .primary, paid: try Sample.money(paid))]
    claim.lines[0].otherPayers = [try decided("48", ("CO", "45", "4"), ("PR", "2", "8"))]
    claim.lines[1].otherPayers = [try decided(onSecondLine, ("CO", "45", "4"), ("PR", "1", "4"))]
    return claim
  }

  private static func desk(_ method: CoordinationOfBenefits?, coinsurance: Int64 = 20_00) throws -> Desk {
    var plan = Sample.plan(coinsurance: BasisPoints(coinsurance))
    plan.coordinationOfBenefits = method
    return try Desk(plan)
  }

  private static func suspense(_ claim: SubmittedClaim, _ method: CoordinationOfBenefits? = .standard) throws
    -> SuspenseReason?
  {
    try desk(method).adjudicator.suspense(of: claim, among: [Sample.coverage()])
  }

  @Test("are decided if that payer's payments and adjustments add up on every line and on the claim")
  func decided() throws {
    #expect(try Self.suspense(Self.claim()) == nil)
    var desk = try Self.desk(.standard)
    let decision = try desk.decide(Self.claim())
    #expect(decision.lines.map(\.entries) == [["OA-23 52.00"], ["OA-23 36.00"]])
    #expect([decision.paid, decision.memberResponsibility] == [try Sample.money("12"), .zero])
  }

  @Test("wait for a person if a line or the claim does not add up, and cannot be decided even on request")
  func unbalanced() throws {
    #expect(try Self.suspense(Self.claim(onSecondLine: "31")) == .otherPayerUnbalanced)
    let claim = try Self.claim(paid: "81")
    #expect(try Self.suspense(claim) == .otherPayerUnbalanced)
    #expect(throws: AdjudicationFailure.suspended(Suspense(.otherPayerUnbalanced))) {
      var desk = try Self.desk(.standard)
      _ = try desk.decide(claim)
    }
  }

  @Test("wait for their other reasons when one reason is waived")
  func severalReasons() throws {
    var claim = try Sample.claim([Sample.line(1, charge: "100")])
    claim.assignsBenefits = false
    claim.relatedCauses = ["EM"]
    claim.frequency = ClaimFrequency("3")
    let reasons: [SuspenseReason] = [.benefitsNotAssigned, .liability, .interimBill]
    for count in 0...3 {
      claim.revision = ClaimRevision(
        replaces: ClaimIntakeID("CLM-1"), cause: .release, ruleset: Sample.ruleset,
        waived: reasons.prefix(count).map(Waiver.wait))
      #expect(SuspenseReason(claim) == (count < 3 ? reasons[count] : nil))
    }
  }

  @Test("wait if a line or the claim lacks the other payer's decision, or if the plan has no method")
  func untold() throws {
    var claim = try Self.claim()
    claim.lines[1].otherPayers = nil
    #expect(try Self.suspense(claim) == .otherPayerUnbalanced)
    #expect(try Self.suspense(Self.claim(), nil) == .otherPayerFirst)
    claim.otherPayers = nil
    #expect(try Self.suspense(claim) == .otherPayerFirst)
  }

  @Test("of one line take the claim's amounts for the line")
  func oneLine() throws {
    var claim = try Sample.claim([Sample.line(1, charge: "100")])
    claim.payerSequence = .secondary
    let left = OtherPayerAdjustment(group: "PR", reason: "1", amount: try Sample.money("100"))
    claim.otherPayers = [OtherPayer(id: Self.first, sequence: .primary, paid: .zero, adjustments: [left])]
    var desk = try Self.desk(.carveOut)
    #expect(try desk.decide(claim).entries == ["PR-2 20.00"])
  }

  @Test("credit the year with what the plan would have credited alone (NAIC Model Regulation 120)")
  func credit() throws {
    var plan = Sample.plan(deductible: FamilyLimit(individual: try Sample.money("50"), family: try Sample.money("50")))
    plan.coordinationOfBenefits = .standard
    var desk = try Desk(plan)
    let decision = try desk.decide(Self.claim())
    #expect(decision.lines.map(\.entries) == [["OA-23 52.00"], ["OA-23 36.00"]])
    #expect(decision.lines.map { $0.credit?.deductible } == [try Sample.money("50"), nil])
    #expect(desk.memberDeductible == (try Sample.money("50")))
    #expect(desk.memberOutOfPocket == (try Sample.money("50")))
  }

  @Test("do not bill the member for what the first payer settled, even with a provider out of the network")
  func outOfNetwork() throws {
    var plan = Sample.plan(
      outOfNetwork: OutOfNetworkTerms(
        network: "none", deductible: FamilyLimit(individual: .zero, family: .zero),
        outOfPocketMaximum: FamilyLimit(individual: .claimLimit, family: .claimLimit), coinsurance: BasisPoints(0),
        pricing: Pricing(feeSchedule: nil, otherwisePercentOfCharge: BasisPoints(50_00))))
    plan.coordinationOfBenefits = .standard
    let ruleset = Ruleset(
      id: Sample.ruleset, digest: "", plans: [plan.id: plan], feeSchedules: [:],
      networks: ["none": ProviderNetwork(name: "none", contracts: [:])])
    var accumulators = Accumulators()
    let decision = try Adjudicator(ruleset: ruleset).decide(
      Self.claim(), under: .init(received: Sample.day("2026-04-01"), spans: [Sample.coverage()]),
      accumulators: &accumulators)
    #expect([decision.paid, decision.memberResponsibility] == [try Sample.money("12"), .zero])
  }
}
