import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("Answers that are missing, doubled or foreign")
struct DistortedAnswerTests {
  private let store = MemoryStore()

  private func ship(
    _ activity: DistortedShipment, _ orders: [String], by runner: DurableRunner
  ) async throws -> [KeyText: ActivityOutcome<Shipment.Key.Response>] {
    let intents = try await store.transaction { transaction in
      try runner.intend(activity, for: orders, in: transaction) { ActivityCall(.init(order: $0)) }
    }
    let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    return try await store.transaction { try runner.record(activity, settled, in: $0) }
  }

  @Test("from another system never lead to a second act, nor to another order's receipt", arguments: Seeds.all)
  func walks(seed: UInt64) async throws {
    let courier = Courier(seed: seed, losses: 5)
    let activity = DistortedShipment(base: Shipment(courier: courier), distortion: Distortion(seed: seed))
    let runner = DurableRunner(
      worker: WorkerID("us"), leaseDuration: .seconds(3_600),
      retry: RetryPolicy(initialInterval: .zero, maximumAttempts: 3))
    let orders = (1...30).map { "\($0)" }
    for _ in 0..<12 {
      _ = try await ship(activity, orders, by: runner)
      store.clock.advance(by: .seconds(7_200))
    }
    let healthy = DistortedShipment(base: activity.base)
    courier.heal()
    _ = try await ship(healthy, orders, by: runner)
    #expect(courier.acts == Array(repeating: 1, count: 30), "seed \(seed)")
    #expect(store.now.records.count == 30, "seed \(seed): a foreign answer made a record")
    for record in store.now.records.values {
      let receipt = try #require(courier.receipt(of: record.trackingID))
      #expect(record.status == .completed, "seed \(seed)")
      let bytes = try CanonicalJSON.bytes(of: receipt)
      #expect(record.response?.bytes == bytes, "seed \(seed): \(record.key)")
    }
  }

  @Test(
    "from an activity that completes a batch void its transaction: every key stays pending",
    arguments: [DistortedShipment.Completing.missing, .doubled, .foreign])
  func completions(_ completing: DistortedShipment.Completing) async throws {
    let courier = Courier()
    var activity = DistortedShipment(base: Shipment(courier: courier), completing: completing)
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600))
    await #expect(throws: StoreFailure.self) { try await ship(activity, ["1", "2"], by: runner) }
    #expect(store.now.records.values.allSatisfy { $0.status == .pending } && store.now.events.isEmpty)
    activity.completing = .right
    store.clock.advance(by: .seconds(7_200))
    #expect(try await ship(activity, ["1", "2"], by: runner).values.map(\.word) == ["done", "done"])
    #expect(courier.acts == [1, 1], "the courier was asked, and nothing was sent again")
  }

  @Test("An act that cannot be recorded here is stored as a refusal, and is not repeated")
  func unrecordable() async throws {
    let courier = Courier()
    let activity = DistortedShipment(base: Shipment(courier: courier), completing: .refused)
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600))
    #expect(try await ship(activity, ["1"], by: runner).values.map(\.word) == ["no-shelf"])
    let again = try await store.transaction {
      try runner.intend(activity, ActivityCall(.init(order: "1")), in: $0)
    }
    guard case .answered(let outcome) = again else {
      Issue.record("it was acquired again")
      return
    }
    #expect(outcome.word == "replayed no-shelf" && courier.acts == [1])
    #expect(store.now.events.map(\.type) == ["ship-refused"])
  }

  @Test("An act that cannot be recorded yet leaves its key pending, and is recorded later without a second act")
  func postponed() async throws {
    let courier = Courier()
    var activity = DistortedShipment(base: Shipment(courier: courier), completing: .postponed)
    let runner = DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600))
    #expect(try await ship(activity, ["1"], by: runner).values.map(\.word) == ["no-shelf"])
    #expect(store.now.records.values.map(\.status) == [.pending] && store.now.events.isEmpty)
    activity.completing = .right
    store.clock.advance(by: .seconds(7_200))
    #expect(try await ship(activity, ["1"], by: runner).values.map(\.word) == ["done"])
    #expect(courier.acts == [1])
  }

  @Test("from a local activity: a doubled one voids the transaction, a foreign one is ignored")
  func local() async throws {
    struct Doubling: LocalActivity {
      let base = Reservation()
      let extra: @Sendable (KeyText) -> KeyText
      var agent: AgentVersion { base.agent }
      var eventType: String { base.eventType }
      func key(for request: Reservation.Request) -> Reservation.Key { base.key(for: request) }
      func stream(for request: Reservation.Request, key: KeyText) -> String { base.stream(for: request, key: key) }
      func facts(of response: Reservation.Key.Response) -> [String: String] { base.facts(of: response) }

      func perform(
        _ calls: [OwnedCall<Reservation.Request>], in transaction: MemoryTransaction
      ) -> Answers<KeyText, Result<Reservation.Key.Response, ActivityFailure>> {
        var answers = base.perform(calls, in: transaction)
        for call in calls { answers.add(.success(.init(piece: "another")), for: extra(call.effectKey)) }
        return answers
      }
    }
    let runner = DurableRunner(worker: WorkerID("us"))
    func reserve(_ activity: Doubling) async throws -> [String] {
      try await store.transaction { transaction in
        try runner.run(activity, for: ["1", "2"], in: transaction) { ActivityCall(.init(order: $0)) }.map(
          \.outcome.word)
      }
    }
    await #expect(throws: StoreFailure.self) { try await reserve(Doubling { $0 }) }
    #expect(store.now.records.isEmpty)
    #expect(try await reserve(Doubling { _ in KeyText("idemp:reserve:foreign") }) == ["done", "done"])
    #expect(store.now.records.count == 2)
  }
}
