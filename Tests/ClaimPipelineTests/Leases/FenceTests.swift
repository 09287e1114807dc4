@testable import ClaimPipeline
import ClaimsDomain
import DurableExecution
import PaymentGateway
import SQLiteStore
import TestSupport
import Testing

@Suite("A worker that was thought dead")
struct FenceTests {
  private typealias Payment = PaymentActivity<SQLiteTransaction>

  private struct Scene {
    let world: ClaimsWorld
    let store: SQLiteStore
    let activity: Payment
    let call: ActivityCall<PaymentRequest>

    init() async throws {
      world = try ClaimsWorld()
      store = try world.openStore()
      activity = Payment(bank: EmbeddedBank(world.bank))
      let (claim, row) = try await AgentHarness.claim("A-1", .adjudicated, in: store)
      call = ActivityCall(
        PaymentRequest(
          claim: row, payee: Payee(reference: claim.billingProvider.reference, name: claim.billingProvider.name),
          decision: DecidedAmounts(
            allowed: Money(cents: 13_000), memberResponsibility: Money(cents: 3_000), planPaid: Money(cents: 10_000)),
          outcome: .paid))
    }

    func intend(_ runner: DurableRunner) async throws -> [OwnedIntent<Payment>] {
      let (activity, call) = (activity, call)
      return try await store.transaction { try runner.intend(activity, [call], in: $0).compactMap(\.owned) }
    }

    func record(_ runner: DurableRunner, _ settled: [SettledIntent<Payment>]) async throws {
      let activity = activity
      _ = try await store.transaction { try runner.record(activity, settled, in: $0).count }
    }
  }

  @Test("cannot pay late: the bank has heard a newer epoch")
  func latePayment() async throws {
    let scene = try await Scene()
    let (sleeper, successor) = (ClaimsWorld.runner(), ClaimsWorld.runner())
    let begun = try await scene.intend(sleeper)
    scene.world.letLeasesEnd()
    let taken = try await scene.intend(successor)
    #expect(taken.map(\.isTakeover) == [true])
    let settled = await successor.settle(scene.activity, taken, keepingLeasesIn: scene.store)
    let late = await sleeper.settle(scene.activity, begun, keepingLeasesIn: scene.store)
    #expect(late.map(\.result) == [.fenced])
    try await scene.record(successor, settled)
    #expect(try await scene.world.bank.transfers().count == 1)
  }

  @Test("cannot write late: the store has a newer epoch, and nothing of the late write remains")
  func lateRecord() async throws {
    let scene = try await Scene()
    let (sleeper, successor) = (ClaimsWorld.runner(), ClaimsWorld.runner())
    let paid = await sleeper.settle(
      scene.activity, try await scene.intend(sleeper), keepingLeasesIn: scene.store)
    scene.world.letLeasesEnd()
    let taken = try await scene.intend(successor)
    let settled = await successor.settle(scene.activity, taken, keepingLeasesIn: scene.store)

    await #expect(throws: StoreFailure.fenced(scene.call.request.key.text)) { try await scene.record(sleeper, paid) }
    try await scene.record(successor, settled)
    await #expect(throws: StoreFailure.self) { try await scene.record(sleeper, paid) }
    #expect(try await scene.world.bank.transfers().count == 1)
  }

  @Test("leaves a live lease alone: whoever asks meanwhile hears until when to wait")
  func liveLease() async throws {
    let scene = try await Scene()
    _ = try await scene.intend(ClaimsWorld.runner())
    #expect(try await scene.intend(ClaimsWorld.runner()).isEmpty)
  }

  @Test("is asked after before anything is sent: a payment it made is found, not made again")
  func takeoverAsks() async throws {
    let scene = try await Scene()
    let sleeper = ClaimsWorld.runner(gatewayKeys: .perCall { "fresh" })
    _ = await sleeper.settle(scene.activity, try await scene.intend(sleeper), keepingLeasesIn: scene.store)
    scene.world.letLeasesEnd()
    // Another key to the bank, so that only asking can find the payment.
    let successor = ClaimsWorld.runner(gatewayKeys: .perCall { "fresher" })
    let taken = try await scene.intend(successor)
    let settled = await successor.settle(scene.activity, taken, keepingLeasesIn: scene.store)
    guard case .done? = settled.first?.result else {
      Issue.record("the payment was not found: \(settled.map(\.result))")
      return
    }
    #expect(try await scene.world.bank.transfers().count == 1)
  }
}
