import DurableTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DurableExecution

@Suite("A lease during calls to another system")
struct LeaseTests {
  /// Returns the end of the lease on the only key.
  private static func leaseEnd(_ store: MemoryStore) -> Timestamp? {
    guard case .pending(let lease)? = store.now.records.values.first?.state else { return nil }
    return lease.expiresAt
  }

  @Test("is renewed by a living process, by the store's clock, until the work is done")
  func renewed() async throws {
    let store = MemoryStore()
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600))
    let activity = Shipment(courier: Courier())
    let intents = try await store.transaction { transaction in
      try runner.intend(activity, for: [Shipment.Request(order: "1")], in: transaction) { ActivityCall($0) }
    }
    let leases = intents.compactMap(\.intent.owned).map { (key: $0.call.record.key, epoch: $0.call.record.epoch) }
    let keeper = LeaseKeeper(endsAt: .now, duration: .milliseconds(30))
    let keeping = Task { await keeper.keep(leases, in: store) }
    for _ in 1...3 {
      store.clock.advance(by: .seconds(7_200))
      let now = store.clock.now
      while let end = Self.leaseEnd(store), end <= now { try await Task.sleep(for: .milliseconds(2)) }
      #expect(Self.leaseEnd(store) == now.adding(.milliseconds(30)))
    }
    keeping.cancel()
    await keeping.value
    store.clock.advance(by: .seconds(1))
    let end = Self.leaseEnd(store)
    try await Task.sleep(for: .milliseconds(100))
    #expect(Self.leaseEnd(store) == end, "no lease is renewed after that")
  }

  @Test("that has ended by our own clock stops the work before anything more is sent")
  func ended() async throws {
    let store = MemoryStore()
    let (runner, courier) = (
      DurableRunner(worker: WorkerID("us"), leaseDuration: .zero, retry: RetryPolicy(maximumAttempts: 3)), Courier()
    )
    let activity = Shipment(courier: courier)
    let intents = try await store.transaction { transaction in
      try runner.intend(activity, for: [Shipment.Request(order: "1")], in: transaction) { ActivityCall($0) }
    }
    let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    #expect(settled.map(\.result) == [.unclear(.leaseEnded)] && courier.acts.isEmpty)
  }

  @Test("of a cancelled task ends the work, and the outcome stays unknown")
  func cancelled() async throws {
    let (store, courier) = (MemoryStore(), Courier())
    let activity = Shipment(courier: courier)
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600))
    let intents = try await store.transaction { transaction in
      try runner.intend(activity, for: [Shipment.Request(order: "1")], in: transaction) { ActivityCall($0) }
    }
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    }
    task.cancel()
    #expect(await task.value.map(\.result) == [.unclear(.leaseEnded)])
    #expect(courier.acts.isEmpty && store.now.records.values.first?.status == .pending)
  }

  @Test("Of two late workers, the one with the older epoch records nothing")
  func fenced() async throws {
    let (store, courier) = (MemoryStore(), Courier())
    let activity = Shipment(courier: courier)
    let runners = ["one", "other"].map { DurableRunner(worker: WorkerID($0), leaseDuration: .seconds(3_600)) }
    var settled: [[SettledIntent<Shipment>]] = []
    for runner in runners {
      let intents = try await store.transaction { transaction in
        try runner.intend(activity, for: [Shipment.Request(order: "1")], in: transaction) { ActivityCall($0) }
      }
      settled.append(await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store))
      store.clock.advance(by: .seconds(7_200))
    }
    let (late, current) = (settled[0], settled[1])
    let lateOutcome = try await store.transaction { try runners[0].record(activity, late, in: $0) }
    #expect(store.now.events.isEmpty && store.now.records.values.first?.status == .pending)
    guard case .inProgress? = lateOutcome.values.first else {
      Issue.record("\(lateOutcome)")
      return
    }
    _ = try await store.transaction { try runners[1].record(activity, current, in: $0) }
    #expect(store.now.records.values.first?.status == .completed && store.now.records.values.first?.epoch == Epoch(2))
    #expect(courier.acts == [1], "the second worker asked, and learned that the work was done")
    #expect(runners[0].counts.fenced == 1 && runners[1].counts.fenced == 0)
  }
}

@Suite("A script of faults")
struct FaultScriptTests {
  private struct Refused: Error, Equatable {}

  @Test("lets calls pass, counts them by name, and makes the chosen call fail in the chosen way")
  func faults() async throws {
    for fault in FaultScript.Fault.allCases {
      let script = FaultScript([2: fault])
      let acts = Mutex(0)
      func act() async throws -> Int {
        try await script.call("act") {
          acts.withLock {
            $0 += 1
            return $0
          }
        }
      }
      #expect(try await act() == 1)
      await #expect(throws: FaultScript.Crash.self) { try await act() }
      #expect(script.hasFired(2) && !script.hasFired(1))
      #expect(acts.withLock { $0 } == (fault == .crashBefore ? 1 : 2))
      if fault == .replyLost {
        #expect(try await act() == 3, "the process is still alive")
      } else {
        await #expect(throws: FaultScript.Crash.self) { try await act() }
        script.revive()
        #expect(try await act() == (fault == .crashBefore ? 2 : 3))
      }
      #expect(script.calls.allSatisfy { $0 == "act" })
    }
  }

  @Test("passes on the errors of a call")
  func errors() async throws {
    let script = FaultScript()
    await #expect(throws: Refused()) { try await script.call("act") { throw Refused() } }
    #expect(script.calls == ["act"])
  }

  @Test("A manual clock stands still until it is advanced, in either direction")
  func clock() {
    let clock = ManualClock()
    let start = clock.now
    #expect(clock.now == start && start == Timestamp(microseconds: 1_780_315_200_000_000), "2026-06-01, noon UTC")
    clock.advance(by: .milliseconds(1_500))
    #expect(clock.now == start.adding(.milliseconds(1_500)))
    clock.advance(by: .zero - .milliseconds(500))
    #expect(clock.now == start.adding(.seconds(1)))
  }
}
