import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("Running a batch")
struct RunTests {
  private let store = MemoryStore()
  private let runner = DurableRunner(
    worker: WorkerID("us"), leaseDuration: .seconds(3_600), retry: RetryPolicy(maximumAttempts: 1))

  private func reserve(
    _ requests: [Reservation.Request], _ activity: Reservation = Reservation()
  ) async throws -> [ActivityOutcome<Reservation.Key.Response>] {
    try await store.transaction { [runner] transaction in
      try runner.run(activity, for: requests, in: transaction) { ActivityCall($0) }.map(\.outcome)
    }
  }

  private func words<Response: Encodable>(_ outcomes: [ActivityOutcome<Response>]) -> [String] { outcomes.map(\.word) }

  @Test("A key that occurs several times in a batch is performed once, and another request under it is a mismatch")
  func repeats() async throws {
    let requests = [
      Reservation.Request(order: "1"), .init(order: "2"), .init(order: "1"), .init(order: "1", article: "lamp"),
    ]
    #expect(try await words(reserve(requests)) == ["done", "done", "replayed", "mismatch"])
    #expect(try await words(reserve(requests)) == ["replayed", "replayed", "replayed", "mismatch"])
    #expect(store.now.records.count == 2 && store.now.events.count == 2)
    #expect(runner.counts.acquired == 2 && runner.counts.replayed == 4 && runner.counts.mismatched == 2)
  }

  @Test("A terminal refusal is stored and replayed; a retryable one leaves nothing behind")
  func refusals() async throws {
    let terminal = Reservation(stock: { _ in .failure(.terminal("sold-out", "none is left")) })
    let retryable = Reservation(stock: { _ in .failure(.retryable("busy", "the stock is being counted")) })
    #expect(try await words(reserve([.init(order: "1")], retryable)) == ["busy"])
    #expect(store.now.records.isEmpty && store.now.events.isEmpty)
    #expect(try await words(reserve([.init(order: "1")], terminal)) == ["sold-out"])
    #expect(try await words(reserve([.init(order: "1")])) == ["replayed sold-out"])
    #expect(store.now.events.map(\.type) == ["reserve-refused"])
    let stored = store.now.records.values.first?.response
    #expect(stored?.status == 422 && stored?.contentType == "application/problem+json")
  }

  @Test("A call that the activity does not answer makes the whole transaction fail")
  func unanswered() async throws {
    let activity = Reservation(stock: { $0.order == "2" ? nil : .success(.init(piece: "book")) })
    await #expect(throws: StoreFailure.self) { try await reserve([.init(order: "1"), .init(order: "2")], activity) }
    #expect(store.now.records.isEmpty)
  }

  @Test("A response with changed bytes is never returned")
  func damaged() async throws {
    _ = try await reserve([.init(order: "1")])
    store.damage { contents in
      for (key, record) in contents.records {
        guard case .completed(let response, let at) = record.state else { continue }
        let changed = StoredResponse(
          bytes: Array(#"{"piece":"another"}"#.utf8), contentType: response.contentType, status: response.status,
          digest: response.digest)
        contents.records[key] = KeyRecord(
          key: key, state: .completed(changed, at: at), fingerprint: record.fingerprint, agent: record.agent,
          epoch: record.epoch, attempts: record.attempts, root: record.root, parent: nil, childKey: nil,
          lamport: record.lamport, retention: record.retention, createdAt: record.createdAt,
          expiresAt: record.expiresAt)
      }
    }
    await #expect(throws: StoreFailure.self) { try await reserve([.init(order: "1")]) }
  }

  @Test("Each step of a run names its root and its parent, and its logical time increases")
  func lineage() async throws {
    let times = try await store.transaction { [runner] transaction in
      var lineage = Lineage.root
      return try ["1", "2", "3"].map { order in
        let outcome = try runner.run(
          Reservation(), ActivityCall(.init(order: order), below: lineage), in: transaction)
        guard case .completed(let done) = outcome else { throw StoreFailure.corrupt("it did not complete") }
        lineage = done.lineage
        return done.key
      }
    }
    let records = try times.map { try #require(store.now.records[$0]) }
    #expect(records.map(\.root) == Array(repeating: times[0], count: 3))
    #expect(records.map(\.parent) == [nil, times[0].text, records[1].childKey])
    #expect(records[0].lamport < records[1].lamport && records[1].lamport < records[2].lamport)
  }

  // MARK: Remote

  private func ship(
    _ orders: [String], by courier: Courier, recording: Bool = true
  ) async throws -> [String: ActivityOutcome<Shipment.Key.Response>] {
    let activity = Shipment(courier: courier)
    let intents = try await store.transaction { [runner] transaction in
      try runner.intend(activity, for: orders, in: transaction) { ActivityCall(.init(order: $0)) }
    }
    let settled = await runner.settle(activity, intents.compactMap(\.intent.owned), keepingLeasesIn: store)
    guard recording else { return [:] }
    let recorded = try await store.transaction { [runner] in try runner.record(activity, settled, in: $0) }
    var outcomes: [String: ActivityOutcome<Shipment.Key.Response>] = [:]
    for (order, intent) in intents {
      switch intent {
      case .answered(let outcome): outcomes[order] = outcomes[order] ?? outcome
      case .owned: outcomes[order] = recorded[activity.key(for: .init(order: order)).text]
      }
    }
    return outcomes
  }

  @Test("An intent is pending until its outcome is recorded, and other callers get the time until which to wait")
  func pending() async throws {
    let courier = Courier()
    _ = try await ship(["1"], by: courier, recording: false)
    let record = try #require(store.now.records.values.first)
    #expect(record.status == .pending && store.now.events.isEmpty)
    guard case .inProgress(let until)? = try await ship(["1"], by: courier)["1"] else {
      Issue.record("the call was not in progress")
      return
    }
    #expect(until == store.clock.now.adding(.seconds(3_600)))
    store.clock.advance(by: .seconds(3_601))
    #expect(try await words(ship(["1"], by: courier).map(\.value)) == ["done"])
    #expect(courier.acts == [1], "the courier was asked what had happened, and nothing was sent again")
    #expect(store.now.records.values.first?.epoch == Epoch(2) && runner.counts.takenOver == 1)
  }

  @Test("A refusal by the other system is stored and not asked for again")
  func refused() async throws {
    let courier = Courier()
    courier.refuse("1")
    #expect(try await words(ship(["1"], by: courier).map(\.value)) == ["too-far"])
    #expect(try await words(ship(["1"], by: courier).map(\.value)) == ["replayed too-far"])
    #expect(courier.acts.isEmpty && store.now.events.map(\.type) == ["ship-refused"])
  }

  @Test("If the outcome cannot be determined, the call is in progress and nothing is recorded")
  func unknown() async throws {
    let courier = Courier(losses: 100)
    #expect(try await words(ship(["1"], by: courier).map(\.value)) == ["in progress"])
    #expect(store.now.records.values.first?.status == .pending && store.now.events.isEmpty)
  }
}
