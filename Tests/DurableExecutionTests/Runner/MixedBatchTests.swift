import DurableTesting
import TestSupport
import Testing

@testable import DurableExecution

@Suite("A batch that asks for keys in every state")
struct MixedBatchTests {
  private static let articles = ["book", "lamp", "chair"]

  /// The state of a key before the batch, with the article that it was first asked for.
  private enum Before: CaseIterable {
    case nothing, working, abandoned, completed, refused
  }

  private static func record(_ before: Before, _ request: Reservation.Request, at now: Timestamp) throws -> KeyRecord? {
    let key = Reservation().key(for: request).text
    let lease = KeyRecord.Lease(
      owner: WorkerID("other"), expiresAt: now.adding(.seconds(before == .working ? 60 : -1)), length: .seconds(60))
    let new = KeyRecord.new(
      key, retention: .workflow, fingerprint: try Fingerprint(of: request), agent: AgentVersion("Old", "1"),
      lineage: .root, lease: lease, at: now)
    switch before {
    case .nothing: return nil
    case .working, .abandoned: return new
    case .completed:
      return new.closed(.completed(try ResponseCoding.stored(Reservation.Key.Response(piece: "old")), at: now), at: now)
    case .refused:
      return new.closed(.failed(try StoredProblem(.terminal("sold-out", "none is left")).stored(), at: now), at: now)
    }
  }

  /// What each ask must come to, by the article that its key belongs to.
  private static func expected(
    _ asks: [Reservation.Request], _ states: [String: (before: Before, article: String)]
  ) -> [String] {
    var owners = states.filter { $0.value.before != .nothing }.mapValues(\.article)
    var performed: Set<String> = []
    return asks.map { ask in
      guard owners[ask.order, default: ask.article] == ask.article else { return "mismatch" }
      owners[ask.order] = ask.article
      switch states[ask.order]?.before ?? .nothing {
      case .working: return "in progress"
      case .completed: return "replayed"
      case .refused: return "replayed sold-out"
      case .nothing, .abandoned: return performed.insert(ask.order).inserted ? "done" : "replayed"
      }
    }
  }

  @Test("answers each request by the key's own state, wherever it is in the batch", arguments: Seeds.all)
  func walks(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for walk in 0..<300 {
      let (store, runner) = (MemoryStore(), DurableRunner(worker: WorkerID("us")))
      let now = store.clock.now
      var states: [String: (before: Before, article: String)] = [:]
      for order in ["1", "2", "3"] {
        let article = Self.articles.randomElement(using: &random) ?? ""
        let before = Before.allCases.randomElement(using: &random) ?? .nothing
        states[order] = (before, article)
        guard let record = try Self.record(before, .init(order: order, article: article), at: now) else { continue }
        store.damage { $0.records[record.key] = record }
      }
      let asks = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Reservation.Request(
          order: "\(Int.random(in: 1...3, using: &random))", article: Self.articles.randomElement(using: &random) ?? "")
      }
      let words = try await store.transaction { transaction in
        try runner.run(Reservation(), for: asks, in: transaction) { ActivityCall($0) }.map(\.outcome.word)
      }
      #expect(words == Self.expected(asks, states), "seed \(seed), walk \(walk): \(asks) over \(states)")
      let done = words.count { $0 == "done" }
      #expect(runner.counts.acquired == done && store.now.events.count == done, "seed \(seed), walk \(walk)")
      #expect(runner.counts.mismatched == words.count { $0 == "mismatch" }, "seed \(seed), walk \(walk)")
      #expect(runner.counts.replayed == words.count { $0.hasPrefix("replayed") }, "seed \(seed), walk \(walk)")
    }
  }

  @Test("A wrong request for a key does not keep the right one after it from its response")
  func wrongFirst() async throws {
    let (store, runner) = (MemoryStore(), DurableRunner(worker: WorkerID("us")))
    func reserve(_ articles: [String]) async throws -> [String] {
      try await store.transaction { transaction in
        try runner.run(Reservation(), for: articles, in: transaction) {
          ActivityCall(.init(order: "1", article: $0))
        }.map(\.outcome.word)
      }
    }
    #expect(try await reserve(["book"]) == ["done"])
    #expect(try await reserve(["lamp", "book", "lamp"]) == ["mismatch", "replayed", "mismatch"])
  }

  @Test("The lineage of a call is for tracing: another lineage gets the same response")
  func lineage() async throws {
    let (store, runner) = (MemoryStore(), DurableRunner(worker: WorkerID("us")))
    let lineages = [
      Lineage.root, Lineage(root: KeyText("idemp:run:9"), parent: "step", lamport: LamportTime(80)),
    ]
    var words: [String] = []
    for lineage in lineages + lineages.reversed() {
      words.append(
        try await store.transaction {
          try runner.run(Reservation(), ActivityCall(.init(order: "1"), below: lineage), in: $0).word
        })
    }
    #expect(words == ["done", "replayed", "replayed", "replayed"])
    #expect(store.now.records.values.first?.parent == nil, "the record keeps the lineage of the run that made it")
  }
}
