import ClaimsDomain
import Testing

@Suite("Limits of a benefit")
struct BenefitLimitTests {
  private static func plan(_ limit: BenefitLimit, pricing: Pricing? = nil) -> BenefitPlan {
    let therapy = BenefitRule(id: "therapy", applies: ServiceMatch(procedures: ["97*"]), limit: limit)
    return Sample.plan(
      coinsurance: BasisPoints(20_00), benefits: [therapy],
      pricing: pricing ?? Pricing(feeSchedule: nil, otherwisePercentOfCharge: .whole))
  }

  private static func used(_ desk: Desk, _ bucket: AccumulatorScope.Bucket) -> Money {
    desk.total(bucket, of: .member(Sample.member))
  }

  @Test("Lines of one day at one place are one visit, whichever of them exceeds the limit first")
  func oneVisit() throws {
    var desk = try Desk(Self.plan(BenefitLimit(visits: 2)))
    let decision = try desk.decide(
      Sample.line(1, "97110", charge: "10"), Sample.line(2, "97140", charge: "10"),
      Sample.line(3, "97110", charge: "10", on: "2026-03-04"), Sample.line(4, "97110", charge: "10", on: "2026-03-06"),
      Sample.line(5, "97140", charge: "10", on: "2026-03-04"), Sample.line(6, "97140", charge: "10", on: "2026-03-06"))
    #expect(decision.lines.filter(\.isDenied).map(\.number) == [4, 6])
    #expect(decision.lines.map { $0.use?.visits } == [1, 0, 1, nil, 0, nil])
    #expect(decision.lines[3].adjustments[0].explanation.inputs.map(\.value) == ["therapy", "2", "2"])
  }

  @Test("A line that another rule denies, and a line without a charge, use nothing")
  func deniedUsesNothing() throws {
    let listed = Pricing(feeSchedule: "standard", otherwisePercentOfCharge: nil)
    var desk = try Desk(Self.plan(BenefitLimit(visits: 1), pricing: listed), fees: Sample.schedule(["97110": "10"]))
    try desk.decide(
      Sample.line(1, "97999", charge: "10"), Sample.line(2, "97110", charge: "0", on: "2026-03-04"))
    #expect(Self.used(desk, .visits(benefit: "therapy")) == .zero)
    let decision = try desk.decide(Sample.line(1, "97110", charge: "10", on: "2026-03-06"))
    #expect(!decision.isDenied)
  }

  @Test("The plan's payments stop at the limit; the member owes the rest, apart from deductible and maximum")
  func amount() throws {
    var desk = try Desk(Self.plan(BenefitLimit(amount: Sample.money("100"))))
    #expect(try desk.decide(Sample.line(1, "97110", charge: "100")).entries == ["PR-2 20.00"])
    let cut = try desk.decide(Sample.line(1, "97110", charge: "50", on: "2026-03-04"))
    #expect(cut.entries == ["PR-2 10.00", "PR-119 20.00"])
    #expect([cut.paid, cut.allowed] == [try Sample.money("20"), try Sample.money("30")])
    #expect(!cut.isDenied)
    #expect(Self.used(desk, .paid(benefit: "therapy")) == (try Sample.money("100")))
    #expect(desk.memberOutOfPocket == (try Sample.money("30")))
  }

  @Test("Each member has a separate limit, which starts again each year")
  func perMemberAndYear() throws {
    let spans = [try Sample.coverage("2025-01-01", "2026-12-31")]
    var desk = try Desk(Self.plan(BenefitLimit(visits: 1)), spans: spans)
    let decision = try desk.decide(
      Sample.line(1, "97110", charge: "10", on: "2025-12-31"), Sample.line(2, "97110", charge: "10", on: "2026-01-01"),
      Sample.line(3, "97110", charge: "10", on: "2026-01-02"))
    #expect(decision.lines.map(\.isDenied) == [false, false, true])
  }
}
