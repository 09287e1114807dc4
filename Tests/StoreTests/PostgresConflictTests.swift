import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import Foundation
import PostgresDriver
import Synchronization
import TestSupport
import Testing

@testable import DurablePostgres

@Suite("Transactions that conflict", .postgres)
struct PostgresConflictTests {
  private let server: PrivatePostgres
  private let schema: String
  private let onlooker: PostgresOnlooker

  init() throws {
    server = try PrivatePostgres.shared()
    schema = server.newSchema()
    onlooker = try PostgresOnlooker(schema)
  }

  private func open(probe: StoreProbe? = nil) async throws -> ClaimStore {
    ClaimStore(try await PostgresStore(onlooker.address, schema: schema, connections: 2, probe: probe))
  }

  @Test("of two transactions that insert one key, the second runs again and sees the first one's record")
  func twins() async throws {
    let store = try await open()
    let counts = Counts()
    let first = SampleRecord.completed("idemp:test:1", bytes: Array("first".utf8))
    let second = SampleRecord.completed("idemp:test:1", bytes: Array("second".utf8))
    let onlooker = onlooker
    async let done: Void = store.transaction { transaction in
      try transaction.insert([first])
      // Reading sends the buffered insert. From here on the key is taken, but not yet visible to others.
      _ = try transaction.records(for: [first.key])
      counts.add("inserted")
      try Self.wait { try onlooker.waitingForLocks() == 1 }
    }
    try await Self.wait { counts.of("inserted") == 1 }
    let seen = try await store.transaction { transaction in
      counts.add("second")
      let known = try transaction.records(for: [second.key])[second.key]
      if known == nil { try transaction.insert([second]) }
      return known
    }
    try await done
    #expect(seen == first)
    #expect(counts.of("second") == 2)
  }

  @Test("two transactions that deadlock both finish, one after the other")
  func deadlock() async throws {
    let store = try await open()
    let claims = [SampleRecord.claim("CLM-1"), SampleRecord.claim("CLM-2")]
    try await store.transaction { try $0.insert(claims) }
    let counts = Counts()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for order in [claims.map(\.row.id), claims.reversed().map(\.row.id)] {
        group.addTask {
          try await store.transaction { transaction in
            counts.add("run")
            // The victim starts again after the other has committed; anything it reads before that would be stale.
            if counts.of("run") > 2 { try Self.wait { counts.of("ended") >= 1 } }
            for id in order {
              let row = try #require(try transaction.claims([id])[id])
              try transaction.update([row.advanced { $0.status = .suspended }])
              // A row is sent when a statement looks for it.
              _ = try transaction.claims(named: id.text)
              counts.add("updated")
              // Each holds one of the two rows before either asks for the other.
              if counts.of("updated") <= 2 { try Self.wait { counts.of("updated") >= 2 } }
            }
          }
          counts.add("ended")
        }
      }
      try await group.waitForAll()
    }
    #expect(counts.of("run") == 3, "one transaction was the victim and ran again")
    let rows = try await store.read { try $0.claims(claims.map(\.row.id)) }
    #expect(rows.values.map(\.version) == [3, 3])
  }

  /// PostgreSQL's codes for conflicts with another transaction.
  @Test("a transaction runs again after any conflict", arguments: ["40001", "40P01", "23505"])
  func conflicts(code: String) async throws {
    let store = try await open()
    try await refuseInserts(times: 2, code)
    let counts = Counts()
    let record = SampleRecord.completed("idemp:test:1")
    try await store.transaction { transaction in
      counts.add("run")
      try transaction.insert([record])
    }
    #expect(counts.of("run") == 3)
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  @Test("a transaction that serialization fails many times in a row still finishes")
  func longConflict() async throws {
    let store = try await open()
    try await refuseInserts(times: 20, "40001")
    let counts = Counts()
    let record = SampleRecord.completed("idemp:test:1")
    try await store.transaction { transaction in
      counts.add("run")
      try transaction.insert([record])
    }
    #expect(counts.of("run") == 21)
  }

  @Test("an error that is not a conflict is not retried", arguments: ["23514", "P0001", "53100", "XX000"])
  func noConflict(code: String) async throws {
    let store = try await open()
    try await refuseInserts(times: 1, code)
    let counts = Counts()
    let record = SampleRecord.completed("idemp:test:1")
    await #expect(throws: StoreFailure.self) {
      try await store.transaction { transaction in
        counts.add("run")
        try transaction.insert([record])
      }
    }
    #expect(counts.of("run") == 1)
  }

  @Test("a second standing payment is refused at once, since running again would not help")
  func standingPayment() async throws {
    let store = try await open()
    let claim = SampleRecord.claim("CLM-1")
    try await store.transaction { transaction in
      try transaction.insert([claim])
      try transaction.insert([SampleRecord.payment("PAY-1", of: claim, .paid)])
    }
    let counts = Counts()
    await #expect(throws: StoreFailure.constraint("one_standing_payment")) {
      try await store.transaction { transaction in
        counts.add("run")
        try transaction.insert([SampleRecord.payment("PAY-2", of: claim, .paid)])
      }
    }
    #expect(counts.of("run") == 1)
  }

  @Test(
    "a transaction whose connection is lost runs once more, with no other effect, if the server says that it is undone",
    arguments: [StoreCall.begin, .statement("keys.records"), .statement("keys.insert"), .commit])
  func lost(call: StoreCall) async throws {
    let counts = Counts()
    let store = try await open(probe: probe(ending: call, counts))
    let record = SampleRecord.completed("idemp:test:1")
    try await store.transaction { transaction in
      counts.add("run")
      _ = try transaction.records(for: [record.key])
      try transaction.insert([record])
    }
    #expect(counts.of("ended") == 1, "the connection was not ended")
    // Nothing is sent before the first question, so there is no connection to end at the beginning.
    #expect(counts.of("run") == 2)
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  @Test(
    "a transaction whose commit was done and not answered is known to be done: the server is asked what became of it")
  func lostAnswer() async throws {
    let proxy = try PostgresProxy(to: server)
    let store = try await PostgresStore(proxy.address, schema: schema, connections: 2)
    let (record, next) = (SampleRecord.completed("idemp:test:1"), SampleRecord.completed("idemp:test:2"))
    try await store.transaction { try $0.insert([record]) }
    let counts = Counts()
    // The name of the statement, as the client binds it.
    proxy.cutClient(after: "\u{0}commit\u{0}")
    try await store.transaction { transaction in
      counts.add("run")
      try transaction.insert([next])
    }
    #expect(counts.of("run") == 1)
    #expect(try await store.read { try $0.records(for: [next.key])[next.key] } == next)
  }

  @Test(
    "a commit that was not answered stays unknown if the server has restarted since, which could be another machine")
  func lostServer() async throws {
    let store = try await PostgresStore(try server.address, schema: schema, connections: 2)
    let record = SampleRecord.completed("idemp:test:1")
    let number = try await store.transaction { transaction in
      try transaction.insert([record])
      _ = try transaction.now
      return (transaction.session as? PostgresSession)?.number
    }
    let committed = try #require(number)
    let pool = PostgresPool(try server.address, limit: 1)
    #expect(try await pool.use { try committed.state($0) } == "committed")
    let earlier = TransactionNumber(number: committed.number, incarnation: committed.incarnation - 1)
    #expect(try await pool.use { try earlier.state($0) } == nil)
  }

  @Test("a read whose connection was ended uses another connection")
  func lostReader() async throws {
    let store = try await open()
    let record = SampleRecord.completed("idemp:test:1")
    try await store.transaction { try $0.insert([record]) }
    try onlooker.terminate()
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  // MARK: Obstacles

  /// Makes PostgreSQL refuse the first inserts of keys. A sequence counts them, since it does not roll back.
  private func refuseInserts(times: Int, _ code: String) async throws {
    try await server.run(
      """
      CREATE SEQUENCE goes;
      CREATE FUNCTION refuse_at_first() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('goes') <= \(times) THEN RAISE EXCEPTION 'as asked' USING ERRCODE = '\(code)'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refused_at_first BEFORE INSERT ON effect_keys FOR EACH ROW EXECUTE FUNCTION refuse_at_first()
      """, in: schema)
  }

  private func probe(ending call: StoreCall, _ counts: Counts) -> StoreProbe {
    let onlooker = onlooker
    return StoreProbe(
      before: { next in
        guard next == call, counts.of("ended") == 0 else { return }
        counts.add("ended")
        try onlooker.terminate()
      }, after: { _ in })
  }

  private static func wait(until isSo: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(600)
    while try !isSo() {
      guard ContinuousClock.now < end else { throw StoreFailure.busy("the other transaction did not come") }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  private static func wait(until isSo: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(600)
    while !isSo() {
      guard ContinuousClock.now < end else { throw StoreFailure.busy("the other transaction did not come") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Counts events by name.
  private final class Counts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ what: String) { counts.withLock { $0[what, default: 0] += 1 } }

    func of(_ what: String) -> Int { counts.withLock { $0[what] ?? 0 } }
  }
}
