import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("Two faults in one piece of work")
struct FaultPairTests {
  private static let lease = Duration.seconds(3_600)

  /// Ships two orders, of which the courier refuses one, by as many processes as it takes.
  ///
  /// - Returns: the courier, the store, and the number of calls that were made.
  private func run(_ plan: [Int: FaultScript.Fault]) async throws -> (Courier, MemoryStore, calls: Int) {
    let (script, courier) = (FaultScript(plan), Courier())
    courier.refuse("2")
    let store = MemoryStore(probe: script.probe)
    let activity = DistortedShipment(base: Shipment(courier: courier), script: script)
    for process in 1...6 {
      let runner = DurableRunner(
        worker: WorkerID("process-\(process)"), leaseDuration: Self.lease,
        retry: RetryPolicy(initialInterval: .zero, maximumAttempts: 2))
      do {
        let intents = try await store.transaction { transaction in
          try runner.intend(activity, for: ["1", "2"], in: transaction) { ActivityCall(.init(order: $0)) }
        }
        let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
        _ = try await store.transaction { try runner.record(activity, settled, in: $0) }
        if store.now.records.values.allSatisfy({ $0.status != .pending }) { break }
      } catch is FaultScript.Crash {
      } catch is StoreFailure {}
      script.revive()
      store.clock.advance(by: Self.lease * 3)
    }
    return (courier, store, script.calls.count)
  }

  private func check(_ plan: [Int: FaultScript.Fault]) async throws {
    let (courier, store, _) = try await run(plan)
    #expect(courier.acts == [1], "\(plan)")
    let states = store.now.records.mapValues(\.status)
    #expect(
      states == [KeyText("idemp:ship:1"): .completed, KeyText("idemp:ship:2"): .failed], "\(plan): \(states)")
    let events = store.now.events.map { "\($0.key) \($0.type)" }.sorted()
    #expect(events == ["idemp:ship:1 order-shipped", "idemp:ship:2 ship-refused"], "\(plan)")
  }

  @Test("at any two calls, of any two kinds: one act, one record and one event for each key")
  func pairs() async throws {
    let calls = try await run([:]).calls
    #expect(calls >= 9, "\(calls)")
    // The second fault may strike a call that only the recovery from the first one makes.
    for first in 1...calls {
      for second in (first + 1)...(first + calls) {
        for (one, other) in [
          (FaultScript.Fault.crashBefore, FaultScript.Fault.crashAfter), (.crashAfter, .replyLost),
          (.replyLost, .crashBefore), (.replyLost, .replyLost), (.crashAfter, .crashAfter),
        ] {
          try await check([first: one, second: other])
        }
      }
    }
  }

  @Test("and at any number of calls, drawn at random", arguments: Seeds.all)
  func many(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      var plan: [Int: FaultScript.Fault] = [:]
      for _ in 0..<4 {
        plan[Int.random(in: 1...24, using: &random)] = FaultScript.Fault.allCases.randomElement(using: &random)
      }
      try await check(plan)
    }
  }
}
