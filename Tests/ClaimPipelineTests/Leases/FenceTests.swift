import BankProtocol
import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation
import Sabotage
import TestSupport
import Testing

@testable import ClaimPipeline

@Suite("A worker that was presumed dead", .postgres)
struct FenceTests {
  private struct Scene {
    typealias Payment = PaymentActivity<ClaimTransaction>

    let world: ClaimsWorld
    let store: ClaimStore
    let activity: Payment
    let call: ActivityCall<PaymentRequest>

    init(_ world: ClaimsWorld, _ store: ClaimStore, bank: (any PaymentBank)? = nil) async throws {
      self.world = world
      self.store = store
      activity = Payment(bank: bank ?? EmbeddedBank(world.bank))
      call = ActivityCall(try await AgentRequest.payment(of: "A-1", 10_000, in: store))
    }

    func intend(_ runner: DurableRunner) async throws -> [OwnedIntent<Payment>] {
      let (activity, call) = (activity, call)
      return try await store.transaction { [try runner.intend(activity, call, in: $0).owned].compactMap(\.self) }
    }

    func settle(_ runner: DurableRunner, _ intents: [OwnedIntent<Payment>]) async -> [SettledIntent<Payment>] {
      await runner.settle(activity, intents, keepingLeasesIn: store)
    }

    func record(
      _ runner: DurableRunner, _ settled: [SettledIntent<Payment>]
    ) async throws -> [ActivityOutcome<PaymentResponse>] {
      let activity = activity
      return try await store.transaction { Array(try runner.record(activity, settled, in: $0).values) }
    }

    func stored() async throws -> KeyRecord? {
      let key = call.request.key.text
      return try await store.read { try $0.records(for: [key])[key] }
    }
  }

  @Test("cannot pay late: the bank has seen a newer epoch", arguments: StoreKind.allCases)
  func latePayment(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await latePayment(world, world.openStore())
  }

  private func latePayment(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let scene = try await Scene(world, store)
    let (sleeper, successor) = (ClaimsWorld.runner(), ClaimsWorld.runner())
    let begun = try await scene.intend(sleeper)
    world.letLeasesEnd()
    let taken = try await scene.intend(successor)
    #expect(taken.map(\.isTakeover) == [true])
    let settled = await scene.settle(successor, taken)
    let late = await scene.settle(sleeper, begun)
    #expect(late.map(\.result) == [.fenced])
    _ = try await scene.record(successor, settled)
    #expect(try await world.bank.transfers().count == 1)
  }

  @Test(
    "cannot write late: the store has a newer epoch, and no part of the late write remains",
    arguments: StoreKind.allCases)
  func lateRecord(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await lateRecord(world, world.openStore())
  }

  private func lateRecord(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let scene = try await Scene(world, store)
    let (sleeper, successor) = (ClaimsWorld.runner(), ClaimsWorld.runner())
    let paid = await scene.settle(sleeper, try await scene.intend(sleeper))
    world.letLeasesEnd()
    let taken = try await scene.intend(successor)
    let settled = await scene.settle(successor, taken)

    #expect(try await scene.record(sleeper, paid).allSatisfy(\.isLeftToAnother))
    #expect(try await scene.stored()?.status == .pending)
    #expect(try await scene.record(successor, settled).allSatisfy { !$0.isLeftToAnother })
    let done = try await scene.stored()
    #expect(done?.status == .completed)
    #expect(try await scene.record(sleeper, paid).allSatisfy(\.isLeftToAnother))
    #expect(try await scene.stored() == done)
    #expect(sleeper.counts.fenced == 2)
    #expect(try await world.bank.transfers().count == 1)
  }

  @Test("keeps its live lease: other workers cannot acquire the key", arguments: StoreKind.allCases)
  func liveLease(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await liveLease(world, world.openStore())
  }

  private func liveLease(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    let scene = try await Scene(world, store)
    _ = try await scene.intend(ClaimsWorld.runner())
    #expect(try await scene.intend(ClaimsWorld.runner()).isEmpty)
  }

  @Test(
    "is succeeded by a worker that asks the bank first: a payment already made is found, not made again",
    arguments: StoreKind.allCases)
  func takeoverAsks(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    try await takeoverAsks(world, world.openStore())
  }

  private func takeoverAsks(_ world: ClaimsWorld, _ store: ClaimStore) async throws {
    // Every order has another key at the bank, so that the payment can be found only by asking.
    let bank = FreshOrderBank(EmbeddedBank(world.bank), fresh: .init(keys: true, trackingIDs: false)) { "\(UUID())" }
    let scene = try await Scene(world, store, bank: bank)
    let (sleeper, successor) = (ClaimsWorld.runner(), ClaimsWorld.runner())
    _ = await scene.settle(sleeper, try await scene.intend(sleeper))
    world.letLeasesEnd()
    let taken = try await scene.intend(successor)
    let settled = await scene.settle(successor, taken)
    guard case .done? = settled.first?.result else {
      Issue.record("the payment was not found: \(settled.map(\.result))")
      return
    }
    #expect(try await world.bank.transfers().count == 1)
  }
}

extension ActivityOutcome {
  fileprivate var isLeftToAnother: Bool { if case .inProgress = self { true } else { false } }
}
