import DurableTesting
import Synchronization
import TestSupport
import Testing

@testable import DurableExecution

@Suite("Sending near the end of a lease")
struct LateSendTests {
  /// Fails every call while the store is out of reach.
  private final class Outage: Sendable {
    private let isOut = Mutex(false)

    func begin() { isOut.withLock { $0 = true } }

    var probe: StoreProbe {
      StoreProbe(
        before: { _ in
          guard self.isOut.withLock({ !$0 }) else { throw StoreFailure.unreachable("it is out of reach") }
        }, after: { _ in })
    }
  }

  private final class Flag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
  }

  /// Takes the key as a first owner whose lease ends at once, so that the next worker is its second owner.
  private func intend(
    _ activity: DistortedShipment, in store: MemoryStore, owners: Int, lease: Duration, pacing: Pacing = .system
  ) async throws -> (runner: DurableRunner, intents: [OwnedIntent<DistortedShipment>]) {
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: lease, pacing: pacing)
    var intents: [OwnedIntent<DistortedShipment>] = []
    for _ in 0..<owners {
      store.clock.advance(by: lease * 2)
      let intent = try await store.transaction {
        try runner.intend(activity, ActivityCall(.init(order: "1")), in: $0)
      }
      intents = [try #require(intent.owned)]
    }
    return (runner, intents)
  }

  @Test(
    "Nothing more is sent once the lease has ended, even if it ended while an answer was awaited",
    arguments: [(DistortedShipment.Call.standing, 2), (.prepare, 1)])
  func slowAnswer(_ slow: DistortedShipment.Call, owners: Int) async throws {
    let (outage, courier, lease) = (Outage(), Courier(), Duration.seconds(10))
    let store = MemoryStore(probe: outage.probe)
    let late = Flag()
    let start = ContinuousClock.now
    let pacing = Pacing(
      now: { late.isSet ? start + lease * 2 : start },
      sleep: { _ in try await Task.sleep(for: .milliseconds(1)) }, random: Pacing.system.random)
    var activity = DistortedShipment(base: Shipment(courier: courier))
    activity.beforeAnswer = { call in
      // The store cannot be reached, so the lease is not renewed; the answer comes after its end.
      if call == slow { late.set() }
    }
    let (runner, intents) = try await intend(activity, in: store, owners: owners, lease: lease, pacing: pacing)
    outage.begin()
    let settled = await runner.settle(activity, intents, keepingLeasesIn: store)
    #expect(settled.map(\.result) == [.unclear(.leaseEnded)])
    #expect(courier.acts.isEmpty, "it was sent when another worker could own it")
  }

  @Test("A task that is canceled while an answer is awaited sends nothing more")
  func canceled() async throws {
    let (store, courier) = (MemoryStore(), Courier())
    var activity = DistortedShipment(base: Shipment(courier: courier))
    activity.beforeAnswer = { _ in withUnsafeCurrentTask { $0?.cancel() } }
    let (runner, intents) = try await intend(activity, in: store, owners: 1, lease: .seconds(3_600))
    let task = Task { [activity] in await runner.settle(activity, intents, keepingLeasesIn: store) }
    #expect(await task.value.map(\.result) == [.unclear(.leaseEnded)])
    #expect(courier.acts.isEmpty && store.now.records.values.first?.status == .pending)
  }

  @Test("By our own clock a lease ends no later than by the store's, however long the store takes to answer")
  func leaseEnd() async throws {
    let askedAt = Mutex<ContinuousClock.Instant?>(nil)
    let store = MemoryStore(
      probe: StoreProbe(
        before: { call in
          if call == .statement("records") { askedAt.withLock { $0 = .now } }
        }, after: { _ in }))
    let activity = DistortedShipment(base: Shipment(courier: Courier()))
    let (_, intents) = try await intend(activity, in: store, owners: 1, lease: .seconds(60))
    // The store may wait for a lock before it answers, and the lease it grants runs meanwhile.
    let granted = try #require(askedAt.withLock { $0 })
    #expect(try #require(intents.first).leaseEnds <= granted + .seconds(60))
  }

  @Test("A batch goes on until its first lease ends, and leaves the rest unknown without a loss")
  func batch() async throws {
    let (store, courier) = (MemoryStore(), Courier())
    let activity = DistortedShipment(base: Shipment(courier: courier))
    let (long, short) = (
      DurableRunner(worker: WorkerID("long"), leaseDuration: .seconds(3_600)),
      DurableRunner(worker: WorkerID("short"), leaseDuration: .zero)
    )
    let intents = try await store.transaction { transaction in
      try [(long, "1"), (short, "2")].map { runner, order in
        try runner.intend(activity, ActivityCall(.init(order: order)), in: transaction)
      }
    }
    let settled = await long.settle(activity, intents.compactMap(\.owned), keepingLeasesIn: store)
    #expect(settled.map(\.result) == [.unclear(.leaseEnded), .unclear(.leaseEnded)] && courier.acts.isEmpty)
    #expect(settled.map(\.key.text) == ["idemp:ship:1", "idemp:ship:2"], "each intent is returned")
  }
}
