import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing
import Verification

@Suite("One care is paid once, and care that was given twice is paid twice", .postgres)
struct OneCareTests {
  private static let asking = SampleRuleset.make(id: "asking", coinsurance: 0, nearDuplicates: .suspend)

  private func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    let world = try ClaimsWorld(on: kind, ruleset: Self.asking)
    return AdjustedWorld(world, try await world.openStore())
  }

  private func verdict(
    on claim: SubmittedClaim, at desk: AdjustedWorld
  ) async throws -> AdjudicationResponse.Verdict {
    func verdict(in store: ClaimStore) async throws -> AdjudicationResponse.Verdict {
      let id = IntakeKey(of: claim).claimID
      let row = try #require(try await store.transaction { try $0.claims([id])[id] })
      return try await store.read { try StandingClaim(row, in: $0) }.response.verdict
    }
    return try await verdict(in: desk.store)
  }

  private func broken(at desk: AdjustedWorld) async throws -> [String] {
    func broken(in store: ClaimStore) async throws -> [String] {
      try await Verifier(store: store).verify(rulesets: [Self.asking.id: Self.asking], bank: desk.world.bank)
        .findings.map { "\($0)" }
    }
    return try await broken(in: desk.store)
  }

  @Test(
    "two claims that look alike: one payment or two, whether they come one after the other or in one batch",
    arguments: AlikeClaims.allCases, StoreKind.allCases)
  func alike(_ pair: AlikeClaims, on kind: StoreKind) async throws {
    let (first, second) = pair.claims
    let (apart, together) = try await (desk(on: kind), desk(on: kind))
    for claim in [first, second] { try await apart.process([claim], by: Self.asking) }
    try await together.process([first, second], by: Self.asking)
    for desk in [apart, together] {
      let earlier = IntakeKey(of: first).claimID
      let verdict = try await verdict(on: second, at: desk)
      switch (pair.outcome, verdict) {
      case (.duplicate, .decided(let decision)):
        #expect(decision.lines.flatMap(\.adjustments).allSatisfy { $0.code == "OA-18" }, "\(decision)")
      case (.resembles, .suspended(let suspense)):
        #expect(suspense.reason == .nearDuplicate && suspense.otherClaims == [earlier])
      case (.numberKnown, .suspended(let suspense)):
        #expect(suspense.reason == .claimNumberKnown && suspense.otherClaims == [earlier])
      case (.paid, .decided(let decision)): #expect(decision.paid > .zero, "\(decision)")
      default: Issue.record("\(verdict)")
      }
      #expect(try await desk.world.bank.transfers().count == (pair.outcome == .paid ? 2 : 1))
      #expect(try await broken(at: desk) == [])
    }
  }

  @Test(
    "care that only resembles other care is paid once a person has compared both, so nobody is refused in silence",
    arguments: AlikeClaims.allCases.filter { $0.outcome == .resembles }, StoreKind.allCases)
  func released(_ pair: AlikeClaims, on kind: StoreKind) async throws {
    let (first, second) = pair.claims
    let desk = try await desk(on: kind)
    try await desk.process([first, second], by: Self.asking)
    #expect(try await desk.adjust(second.claimNumber.text, by: Self.asking, for: .release).word == "paid")
    #expect(try #require(try await desk.standing(second.claimNumber.text).decision).allowed > .zero)
    #expect(try await broken(at: desk) == [])
  }
}
