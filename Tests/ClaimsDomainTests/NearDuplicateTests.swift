import ClaimsDomain
import Testing

@Suite("Care of the same day and code as another claim's")
struct NearDuplicateTests {
  private func signature(_ line: ServiceLine, of claim: SubmittedClaim? = nil) throws -> NearSignature? {
    let claim = try claim ?? Sample.claim([line])
    let day = try #require(claim.serviceDates(of: line)?.first)
    return NearSignature(of: line, on: day, in: claim, member: claim.memberID)
  }

  @Test("Is alike whichever provider gives it, however it is billed, and however long it lasts")
  func alike() throws {
    let line = try Sample.line(charge: "100")
    var colleague = try Sample.claim([line])
    colleague.renderingProvider = Provider(name: "Colleague", npi: "1111111112")
    let first = try #require(try signature(line))
    #expect(try signature(line, of: colleague) == first)
    for other in [
      try Sample.line(7, charge: "100", modifiers: ["LT"]), try Sample.line(charge: "100", units: Units(2)),
      try Sample.line(charge: "100.01"), try Sample.line(charge: "100", place: "12"),
      try Sample.line(charge: "100", through: "2026-03-03"), try Sample.line(charge: "100", revenue: "0510"),
    ] {
      #expect(try signature(other)?.text == first.text)
    }
  }

  @Test("Is not alike for another member, day or code; a line with only a revenue code is like no other")
  func different() throws {
    let line = try Sample.line(charge: "100")
    var relative = try Sample.claim([line])
    relative.subscriber.memberID = MemberID("M2")
    let texts = [
      try signature(line), try signature(line, of: relative), try signature(Sample.line(1, "G0439", charge: "100")),
      try signature(Sample.line(charge: "100", on: "2026-03-03")),
    ].compactMap(\.?.text)
    #expect(Set(texts).count == 4)
    #expect(try signature(Sample.line(1, "", charge: "100", revenue: "0510")) == nil)
  }

  @Test("Is alike for inpatient bills of one stay, whatever the rooms and the length")
  func stays() throws {
    func stay(_ revenue: String, through last: String, bill: String = "11") throws -> NearSignature? {
      let line = try Sample.line(1, "", charge: "100", revenue: revenue, through: last)
      var claim = try Sample.claim([line])
      (claim.kind, claim.facilityCode) = (.institutional, bill)
      return try signature(line, of: claim)
    }
    let first = try #require(try stay("0120", through: "2026-03-05"))
    #expect(try stay("0121", through: "2026-03-09") == first)
    #expect(try stay("0120", through: "2026-03-05", bill: "13") == nil)
  }

  /// Whether a claim of one line waits because another claim was allowed care that it resembles.
  private func waits(
    _ line: ServiceLine, resembling traits: [Resemblance.Trait] = [.chargeMistyped], asked: Bool = true,
    waiving waived: [Waiver] = [], received: String = "2026-04-01"
  ) throws -> Bool {
    var plan = Sample.plan()
    plan.nearDuplicates = asked ? .suspend : nil
    var claim = try Sample.claim([line])
    claim.revision = ClaimRevision(
      replaces: ClaimIntakeID("CLM-1"), cause: .release, ruleset: Sample.ruleset, waived: waived)
    var accumulators = Accumulators(balances: [:])
    let resemblance = Resemblance(to: ClaimIntakeID("CLM-2"), line: 1, otherLine: 1, traits: traits)
    do {
      _ = try Desk(plan).adjudicator.decide(
        claim, under: .init(received: Sample.day(received), spans: [Sample.coverage()]),
        resemblances: [1: [resemblance]], accumulators: &accumulators)
      return false
    } catch AdjudicationFailure.suspended(let suspense) {
      #expect(
        suspense == Suspense(.nearDuplicate, beside: [ClaimIntakeID("CLM-2")], resemblances: [resemblance]))
      return true
    }
  }

  @Test("Waits for a person if the plan asks for it, until it is released")
  func suspended() throws {
    let line = try Sample.line(charge: "100", modifiers: ["LT"])
    #expect(try waits(line))
    #expect(try !waits(line, asked: false))
    #expect(try waits(line, waiving: [.rule(.timelyFiling)]))
    #expect(try !waits(line, waiving: [.wait(.nearDuplicate)]))
  }

  @Test("Does not wait if too much is different, as when a modifier marks it as a second service")
  func tooDifferent() throws {
    let line = try Sample.line(charge: "100")
    #expect(try waits(line, resembling: [.dayApart]))
    #expect(try !waits(line, resembling: [.dayApart, .chargeDiffers]))
    #expect(try !waits(line, resembling: [.repeatedService]))
  }

  @Test("Does not wait if nothing would be paid: there is no charge, or the line is denied first")
  func nothingToPay() throws {
    #expect(try !waits(Sample.line(charge: "0")))
    #expect(try waits(Sample.line(charge: "0.01")))
    #expect(try !waits(Sample.line(charge: "100"), received: "2027-04-01"))
  }
}
