import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@testable import ClaimPipeline

@Suite("A claim number that its provider has already used for the member", .postgres)
struct KnownNumberTests {
  /// Rules that do not ask for near duplicates.
  private static let rules = SampleRuleset.make()
  private static let first = SampleClaim.make("A-1")

  /// The differences of the repeated claim. Each changes a payment, whichever claim comes first.
  enum Difference: CaseIterable {
    case charge, modifier, renderingProvider, day, code, diagnosis

    func claim() throws -> SubmittedClaim {
      var claim = KnownNumberTests.first
      switch self {
      case .charge: claim = SampleClaim.make("A-1", services: [.init("G0463", 20_001)])
      case .modifier: claim.lines[0].procedure?.modifiers = ["25"]
      case .renderingProvider: claim.renderingProvider = Provider(name: "Colleague", npi: "1111111112")
      case .day: claim = SampleClaim.make("A-1", day: 9)
      case .code: claim = SampleClaim.make("A-1", services: [.init("G0438", 20_000)])
      case .diagnosis: claim.diagnoses = ["Z0001"]
      }
      claim.digest = ContentDigest.sha256("\(self)".utf8)
      return claim
    }
  }

  private func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    let world = try ClaimsWorld(on: kind, ruleset: Self.rules)
    return AdjustedWorld(world, try await world.openStore())
  }

  private func process(_ claims: SubmittedClaim..., at desk: AdjustedWorld) async throws -> [String] {
    try await desk.process(claims, by: Self.rules).map(\.word)
  }

  private func suspense(of claim: SubmittedClaim, at desk: AdjustedWorld) async throws -> Suspense? {
    let id = IntakeKey(of: claim).claimID
    let row = try #require(try await desk.store.transaction { try $0.claims([id])[id] })
    func verdict(in store: ClaimStore) async throws -> AdjudicationResponse.Verdict {
      try await store.read { try StandingClaim(row, in: $0) }.response.verdict
    }
    guard case .suspended(let suspense) = try await verdict(in: desk.store) else { return nil }
    return suspense
  }

  @Test(
    "waits for a person if the content differs, whatever the plan's rules: after the first claim, or beside it",
    arguments: Difference.allCases, StoreKind.allCases)
  func waits(_ difference: Difference, on kind: StoreKind) async throws {
    let again = try difference.claim()
    let (later, together) = try await (desk(on: kind), desk(on: kind))
    #expect(try await process(Self.first, at: later) == ["paid"])
    #expect(try await process(again, at: later) == ["suspended"])
    #expect(try await process(Self.first, again, at: together) == ["paid", "suspended"])
    for desk in [later, together] {
      #expect(
        try await suspense(of: again, at: desk)
          == Suspense(.claimNumberKnown, beside: [IntakeKey(of: Self.first).claimID]))
      #expect(try await process(again, Self.first, at: desk) == ["suspended", "paid"], "the outcomes are replayed")
      #expect(try await desk.world.bank.transfers().count == 1)
    }
  }

  @Test(
    "is paid when a person confirms that it is another service, so that no claim is lost", arguments: StoreKind.allCases
  )
  func released(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let again = try Difference.day.claim()
    _ = try await process(Self.first, again, at: desk)
    let revised = try await revised(again, at: desk)
    #expect(try await process(revised, at: desk) == ["paid"])
    #expect(try await desk.world.bank.transfers().count == 2)
  }

  private func revised(_ claim: SubmittedClaim, at desk: AdjustedWorld) async throws -> SubmittedClaim {
    func revised(in store: ClaimStore) async throws -> SubmittedClaim {
      let id = IntakeKey(of: claim).claimID.text
      let prior = try await store.read { try StandingClaim(named: id, in: $0) }
      return try prior.revised(for: .release, by: Self.rules.id, waiving: prior.suspense?.reason.waivers ?? [])
    }
    return try await revised(in: desk.store)
  }

  @Test("does not matter if the provider, member or payer is another", arguments: StoreKind.allCases)
  func others(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    var provider = SampleClaim.make("A-1", day: 9)
    provider.billingProvider = Provider(name: "Larch Clinic", npi: "1999999984")
    provider.digest = ContentDigest.sha256("provider".utf8)
    var payer = SampleClaim.make("A-1", day: 10)
    payer.payer = Payer(id: PayerID("88888"), name: "Other Health")
    let member = SampleClaim.make("A-1", member: "W100000002", day: 11)
    #expect(
      try await process(Self.first, provider, payer, member, at: desk) == ["paid", "paid", "paid", "paid"])
    #expect(try await desk.world.bank.transfers().count == 4)
  }

  @Test("is paid once when several processes get one claim in several forms", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind, ruleset: Self.rules)
    let forms = [Self.first] + (try Difference.allCases.map { try $0.claim() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for claim in forms {
        group.addTask {
          _ = try await world.process([claim], on: try await world.openStore(), patience: .seconds(20))
        }
      }
      try await group.waitForAll()
    }
    // On a busy machine, a process whose patience has ended leaves its claim to the next run, possibly several times.
    var words: [String] = []
    for _ in 1...5 where words.isEmpty || words.contains(where: { $0.hasPrefix("unsettled") }) {
      world.letLeasesEnd()
      let ended = try await world.process(forms, on: try await world.openStore())
      words = ended.map { if case .unsettled(let unsettled) = $0 { "unsettled: \(unsettled.reason)" } else { $0.word } }
    }
    #expect(words.sorted() == ["paid"] + Array(repeating: "suspended", count: forms.count - 1))
    let paid = try await world.standingPayments()
    #expect(paid.count == 1 && paid.values.allSatisfy { $0 == 1 }, "\(paid)")
  }
}
