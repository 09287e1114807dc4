import DurableExecution
import DurableTesting
import TestSupport
import Testing

/// Workers that intend, send, record and die in any order, with a courier that loses requests and replies.
@Suite("Random walks of several workers")
struct RunnerWalkTests {
  private static let lease = Duration.seconds(3_600)

  /// Work that a worker has begun and not yet recorded.
  private enum Work {
    case intended([OwnedIntent<Shipment>])
    case settled([SettledIntent<Shipment>])
  }

  @Test("Each order is shipped once, and every caller gets the same response", arguments: Seeds.all)
  func once(seed: UInt64) async throws {
    var lot = SeededGenerator(seed: seed)
    var (takeovers, fenced, unclear) = (0, 0, 0)
    for walk in 0..<40 {
      let store = MemoryStore()
      let courier = Courier(seed: seed &* 1_000 &+ UInt64(walk), losses: 20)
      let activity = Shipment(courier: courier)
      let workers = (1...3).map { worker in
        DurableRunner(
          worker: WorkerID("worker-\(worker)"), leaseDuration: Self.lease,
          retry: RetryPolicy(initialInterval: .zero, maximumAttempts: 2))
      }
      let orders = ["1", "2", "3"].map { Shipment.Request(order: $0) }
      var works: [(worker: Int, work: Work)] = []
      var seen: [KeyText: Shipment.Key.Response] = [:]
      func see(_ outcome: ActivityOutcome<Shipment.Key.Response>, of key: KeyText) {
        guard case .completed(let done) = outcome else { return }
        #expect(seen[key] == nil || seen[key] == done.response, "seed \(seed), walk \(walk): another response")
        seen[key] = done.response
      }
      for _ in 0..<30 {
        switch Int.random(in: 0..<10, using: &lot) {
        case 0: store.clock.advance(by: Self.lease * 2)
        case 1...4:
          let worker = Int.random(in: 0..<3, using: &lot)
          let asked = orders.filter { _ in Bool.random(using: &lot) }
          let intents = try await store.transaction { transaction in
            try workers[worker].intend(activity, for: asked, in: transaction) { ActivityCall($0) }
          }
          for (order, intent) in intents {
            if case .answered(let outcome) = intent { see(outcome, of: activity.key(for: order).text) }
          }
          works.append((worker, .intended(intents.compactMap(\.intent.owned))))
        default:
          guard !works.isEmpty else { continue }
          let (worker, work) = works.remove(at: Int.random(in: 0..<works.count, using: &lot))
          // One of five works is dropped: its worker dies.
          guard Int.random(in: 0..<5, using: &lot) > 0 else { continue }
          switch work {
          case .intended(let intents):
            works.append((worker, .settled(await workers[worker].settle(activity, intents, keepingLeasesIn: store))))
          case .settled(let settled):
            unclear += settled.count { if case .unclear = $0.result { true } else { false } }
            let outcomes = try await store.transaction { try workers[worker].record(activity, settled, in: $0) }
            for (key, outcome) in outcomes { see(outcome, of: key) }
          }
        }
      }
      courier.heal()
      try await finish(orders, activity, workers[0], store, see)
      #expect(courier.acts == [1, 1, 1], "seed \(seed), walk \(walk)")
      let events = store.now.events
      #expect(
        Set(events.map(\.key)).count == 3 && events.count == 3, "seed \(seed), walk \(walk): one event for each effect")
      takeovers += workers.map(\.counts.takenOver).reduce(0, +)
      fenced += workers.map(\.counts.fenced).reduce(0, +)
    }
    #expect(
      takeovers > 20 && fenced > 0 && unclear > 20,
      "too few takeovers, fenced or unclear outcomes: \(takeovers), \(fenced), \(unclear)")
  }

  /// Lets one worker take over the remaining work, after every lease has ended.
  private func finish(
    _ orders: [Shipment.Request], _ activity: Shipment, _ runner: DurableRunner, _ store: MemoryStore,
    _ see: (ActivityOutcome<Shipment.Key.Response>, KeyText) -> Void
  ) async throws {
    store.clock.advance(by: Self.lease * 2)
    let intents = try await store.transaction { transaction in
      try runner.intend(activity, for: orders, in: transaction) { ActivityCall($0) }
    }
    let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    let recorded = try await store.transaction { try runner.record(activity, settled, in: $0) }
    for (order, intent) in intents {
      let key = activity.key(for: order).text
      switch intent {
      case .answered(let outcome): see(outcome, key)
      case .owned:
        let outcome = try #require(recorded[key])
        guard case .completed = outcome else {
          Issue.record("\(key) did not finish: \(outcome)")
          continue
        }
        see(outcome, key)
      }
    }
  }
}

enum Seeds {
  /// The first seed is random for each run; the others are fixed.
  static let all: [UInt64] = [.random(in: 1...9_999), 1, 2, 3]
}
