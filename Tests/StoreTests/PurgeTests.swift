import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import Testing

@Suite("A purge deletes what is old and no promise rests on, and nothing else", .serialized)
struct PurgeTests {
  private static var someone: SignOff {
    get throws { try SignOff(by: "operator", reason: "retention schedule 2026") }
  }

  /// Batches and deliveries in every state, made at the clock's time.
  private struct Records {
    let store: ClaimStore
    let name: String

    /// Three batches: of claims that have left the queue, of one that waits, and of a dead letter.
    func batches() async throws {
      let (store, name) = (store, name)
      for content in ["gone", "waiting", "dead"] {
        try await store.transaction { transaction in
          let claims = SampleQueue.claims(1...3, of: "\(name)-\(content)")
          _ = try transaction.submit(claims)
          let batch = PurgeTests.batch(content, name)
          try transaction.open(batch)
          try transaction.add(claims.map(\.key), to: batch.id)
        }
      }
      let leases = try await SampleQueue.lease(9, from: store).map(\.lease).filter { $0.key.text.contains(":\(name)-") }
      try await store.transaction { transaction in
        let left = leases.filter { !$0.key.text.contains("-waiting") }
        let dead = left.filter { $0.key.text.contains("-dead") && $0.key.text.hasSuffix(":1") }
        try transaction.setAside(dead.map { ($0, "too many workers died at it") })
        _ = try transaction.finish(left.filter { lease in !dead.contains { $0.key == lease.key } })
        let now = try transaction.now
        try transaction.postpone(leases.filter { $0.key.text.contains("-waiting") }.map { ($0, now) })
      }
    }

    /// A delivery that was made, one that was given up, and one that waits.
    func deliveries(to receiver: WebhookReceiver) async throws {
      let (store, name) = (store, name)
      for (step, result) in [DeliveryResult.made("HTTP 204"), .dead("HTTP 500")].enumerated() {
        try await store.transaction { transaction in
          try transaction.append([try PurgeTests.event(step, of: name, at: transaction.now)])
          let leased = try transaction.lease(
            to: receiver.id, upTo: 9, by: WorkerID("sender"), until: transaction.now.adding(.seconds(60)))
          try transaction.record(
            leased.deliveries.map { delivery in
              // What waits from before goes on waiting.
              (
                delivery.lease,
                String(decoding: delivery.body, as: UTF8.self).contains("CLM-\(name)")
                  ? result : .failed("HTTP 503", retryAfter: .zero)
              )
            })
        }
      }
      try await store.transaction { try $0.append([try PurgeTests.event(2, of: name, at: $0.now)]) }
    }
  }

  private static func batch(_ content: String, _ name: String) -> SubmittedBatch {
    SubmittedBatch(from: name, contentDigest: ContentDigest.sha256(content.utf8))
  }

  private static func event(_ step: Int, of name: String, at now: Timestamp) throws -> EffectEvent {
    EffectEvent(
      key: KeyText(effect: "pay", segments: [name, "\(step)"]), epoch: .first, stream: "CLM-\(name)",
      type: "claim-paid",
      agent: AgentVersion("A", "1"), lamport: LamportTime(1), at: now, facts: Array("{}".utf8))
  }

  private struct World {
    let store: ClaimStore
    let clock: ManualClock
    let receiver: WebhookReceiver

    /// Makes old records, and 40 days later the same again.
    init(_ test: StoreUnderTest) async throws {
      let clock = ManualClock()
      let store = try await test.open(clock: clock)
      (self.store, self.clock) = (store, clock)
      receiver = try await store.transaction { transaction in
        let receiver = WebhookReceiver(url: "https://clinic.example/hook", types: [], addedAt: try transaction.now)
        _ = try transaction.add(receiver, secret: Array(repeating: 7, count: 32), by: PurgeTests.someone)
        return receiver
      }
      for name in ["old", "new"] {
        let records = Records(store: store, name: name)
        try await records.deliveries(to: receiver)
        try await records.batches()
        clock.advance(by: .seconds(20 * 86_400))
        if name == "old" { clock.advance(by: .seconds(20 * 86_400)) }
      }
    }

    func batches() async throws -> Set<BatchID> {
      Set(try await store.read { try $0.batches(of: nil, after: nil, limit: 100) }.map(\.id))
    }

    func deliveries() async throws -> [String] {
      try await store.read { try $0.deliveries(to: nil, in: nil, before: nil, limit: 100) }
        .map { "\($0.streamName) \($0.state.rawValue)" }.sorted()
    }
  }

  @Test(
    "what is younger, still in the queue, a dead letter, or still to be sent stays; who and why is on record",
    arguments: StoreUnderTest.direct)
  func purge(under test: StoreUnderTest) async throws {
    let world = try await World(test)
    let desk = try PurgeDesk(world.store, olderThanDays: 30)
    let all = try await world.batches()
    #expect(all.count == 6)
    #expect(
      try await desk.preview() == [
        Purged(kind: .batches, count: 0, left: 1), Purged(kind: .deliveries, count: 0, left: 2),
        Purged(kind: .pictures, count: 0, left: 0),
      ])
    #expect(try await world.batches() == all, "a preview deletes nothing")

    let purged = try await desk.purge(by: Self.someone)
    #expect(
      purged == [
        Purged(kind: .batches, count: 1, left: 0), Purged(kind: .deliveries, count: 2, left: 0),
        Purged(kind: .pictures, count: 0, left: 0),
      ])
    #expect(try await world.batches() == all.subtracting([Self.batch("gone", "old").id]))
    #expect(
      try await world.deliveries() == ["new dead", "new delivered", "new waiting", "old waiting"])
    let acts = try await world.store.read { try $0.latest(act: "purge", limit: 9) }
    #expect(acts.map(\.reason) == ["retention schedule 2026", "retention schedule 2026"])

    let again = try await desk.purge(by: Self.someone)
    #expect(again.allSatisfy { $0.count == 0 && $0.left == 0 })
    #expect(try await world.store.read { try $0.latest(act: "purge", limit: 9) }.count == 2, "nothing was done")
  }

  @Test("a batch that was deleted is made anew by the same submission", arguments: StoreUnderTest.direct)
  func again(under test: StoreUnderTest) async throws {
    let world = try await World(test)
    _ = try await PurgeDesk(world.store, olderThanDays: 30).purge(by: Self.someone)
    let batch = Self.batch("gone", "old")
    try await world.store.transaction { transaction in
      try transaction.open(batch)
      try transaction.add(SampleQueue.claims(1...3, of: "old-gone").map(\.key), to: batch.id)
    }
    #expect(try await world.store.read { try $0.batch(batch.id) }?.keyed == 3)
  }

  @Test("it goes on where it was stopped", arguments: StoreUnderTest.direct)
  func stopped(under test: StoreUnderTest) async throws {
    let world = try await World(test)
    let cutoff = world.clock.now.adding(.seconds(-30 * 86_400))
    for left in [1, 0] {
      let count = try await world.store.transaction { try $0.purge(.deliveries, before: cutoff, limit: 1) }
      #expect(count == 1)
      #expect(try await world.store.read { try $0.purgeable(.deliveries, before: cutoff) } == left)
    }
    #expect(try await world.store.transaction { try $0.purge(.deliveries, before: cutoff, limit: 1) } == 0)
  }

  @Test("a policy of fewer than thirty days is refused", arguments: [-1, 0, 29, 36_501, .max])
  func tooShort(days: Int) async throws {
    let store = try await StoreUnderTest.direct[0].open()
    #expect(throws: PurgeRefusal.self) { try PurgeDesk(store, olderThanDays: days) }
  }
}

extension WebhookDelivery {
  fileprivate var streamName: String { String(claimID.text.dropFirst("CLM-".count)) }
}
