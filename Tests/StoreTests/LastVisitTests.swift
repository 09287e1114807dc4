import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("Concurrent visits of one member", .postgres)
struct LastVisitTests {
  private static let members = 12

  @Test("the last visit of a limit is used once", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind, ruleset: Self.ruleset)
    let store = try await world.openStore()
    let before = (1...Self.members).flatMap { [Self.visit(1, of: $0), Self.visit(2, of: $0)] }
    #expect(try await world.process(before, on: store).allSatisfy { $0.word == "paid" })

    let (one, other) = try await (world.openStore(), world.openStore())
    for member in 1...Self.members {
      async let first = world.process([Self.visit(3, of: member)], on: one, patience: .seconds(20))
      async let second = world.process([Self.visit(4, of: member)], on: other, patience: .seconds(20))
      let words = try await (first + second).map(\.word)
      #expect(words.sorted() == ["denied", "paid"])
      let scope = AccumulatorScope(
        holder: .member(MemberID("W\(member)")), planID: SampleRuleset.planID, planYear: 2026,
        bucket: .visits(benefit: "therapy"))
      #expect(try await store.read { try $0.accumulators([scope]) } == [scope: Money(cents: 3)])
    }
  }

  private static func visit(_ day: Int, of member: Int) -> SubmittedClaim {
    SampleClaim.make("V\(day)-\(member)", member: "W\(member)", day: day, services: [.init("97110", 10_000)])
  }

  /// A ruleset with three visits a year.
  private static var ruleset: Ruleset {
    let sample = SampleRuleset.make()
    let plans = sample.plans.mapValues { plan in
      var plan = plan
      plan.benefits.append(
        BenefitRule(
          id: "therapy", applies: ServiceMatch(procedures: ["97*"]), waivesDeductible: true,
          limit: BenefitLimit(visits: 3)))
      return plan
    }
    return Ruleset(id: sample.id, digest: sample.digest, plans: plans, feeSchedules: sample.feeSchedules)
  }
}
