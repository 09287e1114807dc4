import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing

@testable import ClaimPipeline

@Suite("A new version of an agent", .postgres)
struct AgentVersionTests {
  @Test("replays what the old version did, byte for byte, and pays nothing again", arguments: StoreKind.allCases)
  func newVersion(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await newVersion(world, world.openStore())
  }

  private func newVersion(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let request = try await AgentRequest.payment(of: "A-1", 10_000, in: store)
    var activity = PaymentActivity<ClaimTransaction>(bank: EmbeddedBank(world.bank))
    let old = try await pay(request, activity, in: store)
    activity.agent = AgentVersion(activity.agent.name, "2.0.0")
    let new = try await pay(request, activity, in: store)

    #expect(new.isReplay && new.stored == old.stored)
    #expect(try await world.bank.transfers().count == 1)
    let record = try await store.read { try $0.records(for: [request.key.text])[request.key.text] }
    #expect(record?.agent.version == "1.0.0", "the record keeps the agent that did the work")
  }

  @Test("finishes what the old version began, under its own version", arguments: StoreKind.allCases)
  func takeover(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await takeover(world, world.openStore())
  }

  private func takeover(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let request = try await AgentRequest.payment(of: "A-1", 10_000, in: store)
    let old = PaymentActivity<ClaimTransaction>(bank: EmbeddedBank(world.bank))
    let runner = ClaimsWorld.runner()
    let begun = try await store.transaction { try runner.intend(old, ActivityCall(request), in: $0) }
    _ = await runner.settle(old, [try #require(begun.owned)], keepingLeasesIn: store)
    world.letLeasesEnd()

    var new = old
    new.agent = AgentVersion(old.agent.name, "2.0.0")
    let done = try await pay(request, new, in: store)
    #expect(!done.isReplay)
    #expect(try await world.bank.transfers().count == 1)
    let record = try await store.read { try $0.records(for: [request.key.text])[request.key.text] }
    #expect(record?.agent.version == "2.0.0")
  }

  private func pay(
    _ request: PaymentRequest, _ activity: PaymentActivity<ClaimTransaction>, in store: ClaimStore
  ) async throws -> Completion<PaymentResponse> {
    let runner = ClaimsWorld.runner()
    let outcome: ActivityOutcome<PaymentResponse>
    switch try await store.transaction({ try runner.intend(activity, ActivityCall(request), in: $0) }) {
    case .answered(let answered): outcome = answered
    case .owned(let intent):
      let settled = await runner.settle(activity, [intent], keepingLeasesIn: store)
      let recorded = try await store.transaction { try runner.record(activity, settled, in: $0) }
      outcome = try #require(recorded[intent.call.effectKey])
    }
    guard case .completed(let done) = outcome else {
      throw StoreFailure.corrupt("the payment was not completed")
    }
    return done
  }
}
