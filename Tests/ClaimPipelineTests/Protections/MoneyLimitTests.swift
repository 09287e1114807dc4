import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Synchronization
import TestSupport
import Testing

@Suite("What an act may move is looked at in the transaction that commits to it", .postgres)
struct MoneyLimitTests {
  private final class Record: Sendable {
    let times = Mutex(0)
  }

  @Test(
    "one cent too much, and nothing of the transaction is kept; what is allowed goes on record with it, once",
    arguments: StoreKind.allCases)
  func boundary(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    let claim = SampleClaim.make("L-1")
    let processor = ClaimProcessor(
      store: desk.store, runner: ClaimsWorld.runner(), bank: EmbeddedBank(desk.world.bank), ruleset: desk.world.ruleset,
      settings: .init(enrollment: SampleRuleset.planID, patience: .zero))
    let due = try await processor.money(movedBy: claim)
    #expect(due == Money(cents: 13_000))
    #expect(try await desk.store.read { try $0.claims(named: "L-1") }.isEmpty, "looking keeps nothing")

    let record = Record()
    func limited(to most: Money) -> ClaimProcessor {
      processor.limited(
        to: MoneyLimit(allows: { moves, _ in moves <= most }, recording: { _ in record.times.withLock { $0 += 1 } }))
    }
    let below = try due - Money(cents: 1)
    let refusal = await #expect(throws: BeyondLimit.self) { try await limited(to: below).process([claim].placed) }
    #expect(refusal?.moves == due)
    #expect(try await desk.store.read { try $0.claims(named: "L-1") }.isEmpty)
    #expect(try await desk.world.bank.transfers().isEmpty && record.times.withLock { $0 } == 0)

    for _ in 1...3 { _ = try await limited(to: due).process([claim].placed) }
    #expect(try await desk.world.bank.transfers().map(\.amount) == [due])
    #expect(record.times.withLock { $0 } == 1)
  }

  @Test(
    "what was decided within the limit is finished, although a retry finds only the whole new payment",
    arguments: StoreKind.allCases)
  func retried(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([SampleClaim.make("S-1", services: [.init("E0607", 120_000)])])
    let revised = try await desk.standing("S-1").revised(for: .rules, by: AdjustedWorld.generous.id)
    let limited = ClaimProcessor(
      store: desk.store, runner: ClaimsWorld.runner(), bank: EmbeddedBank(desk.world.bank),
      ruleset: AdjustedWorld.generous, settings: .init(enrollment: SampleRuleset.planID, patience: .zero)
    ).limited(to: MoneyLimit(allows: { moves, _ in moves <= Money(cents: 10_000) }, recording: { _ in }))
    for _ in 1...2 { _ = try await limited.process([revised].placed) }
    #expect(try await desk.world.bank.transfers().map(\.amount.cents) == [36_800, 9_200])
  }

  @Test("a proposal that can no longer be carried out is closed by the next one", arguments: StoreKind.allCases)
  func lapsed(on kind: StoreKind) async throws {
    let desk = try await AdjustedWorld(on: kind)
    try await desk.process([SampleClaim.make("L-1")])
    let id = try await desk.standing("L-1").row.id
    let signOff = try SignOff(by: "pat", reason: "its payee was on hold")
    for number in 1...2 {
      let act = try await desk.store.transaction { transaction in
        try transaction.lockProposals(of: id)
        #expect(try transaction.openProposal(of: id) == nil, "the claim is paid")
        return try transaction.propose(
          ProposedAct(
            claim: id, act: "release", waived: [], body: nil, moves: Money(cents: 13_000), by: signOff,
            at: transaction.now))
      }
      #expect(act.number == number)
    }
  }
}
