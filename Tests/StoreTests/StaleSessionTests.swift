import ClaimPipeline
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PostgresDriver

/// A process that falls silent while it holds locks. Other processes wait for it only as long as they would wait for
/// its leases.
@Suite("A silent session that blocks others", .postgres, .timeLimit(.minutes(40)))
struct StaleSessionTests {
  private let server: PrivatePostgres
  private let schema: String
  private let patience = Duration.seconds(2)

  init() throws {
    server = try PrivatePostgres()
    schema = server.newSchema()
  }

  private func open(_ address: PostgresAddress? = nil) async throws -> PostgresStore {
    try await PostgresStore(address ?? server.address, schema: schema, connections: 2, patience: patience)
  }

  /// The moment at which a client falls silent.
  enum Moment: CaseIterable {
    /// Between two statements: the server sees that the session is idle in a transaction, and ends it.
    case idle
    /// In the middle of sending: to the server, the session seems to be working forever.
    case sending
    /// While receiving: the client does not read the answer that it asked for.
    case reading
  }

  @Test(
    "is ended, whatever it was doing, and the sessions that waited for its locks continue", arguments: Moment.allCases)
  func silent(at moment: Moment) async throws {
    let store = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    let holder = try await onThread { try hold(record.key, then: moment) }
    // Until then the server is at work, and a session at work is left alone.
    if moment != .idle { try await waitUntilServerWaits(for: holder) }
    let done = SampleRecord.completed("idemp:test:1", epoch: 2)
    try await store.transaction { transaction in
      let found = try transaction.records(for: [record.key])
      #expect(found[record.key] == record, "none of the silent session's work was committed")
      try transaction.replace([RecordChange(from: record, to: done)])
    }
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == done)
    let ended = try await store.read { try $0.latest(act: OperatorAct.sessionEnded, limit: 10) }
    switch moment {
    case .idle: #expect(ended.isEmpty, "the server ended the session itself")
    case .sending, .reading:
      #expect(ended.count == 1, "the end of the session is on record")
      #expect(ended.first?.reason.contains("session \(holder.process) ") == true)
    }
    withExtendedLifetime(holder) {}
  }

  @Test("is left alone if it does not belong to this store, however long it blocks others")
  func foreign() async throws {
    let store = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    // A session of a person at a prompt, with our application name.
    let person = try PostgresWire(PostgresAddress("\(server.address.text)&application_name=paidonce"))
    try person.execute(script: "BEGIN; SET LOCAL search_path = \(schema); SELECT * FROM effect_keys FOR UPDATE")
    let failure = await #expect(throws: StoreFailure.self) {
      try await store.transaction { transaction in
        _ = try transaction.records(for: [record.key])
        try transaction.replace([RecordChange(from: record, to: SampleRecord.completed("idemp:test:1", epoch: 2))])
      }
    }
    guard case .busy? = failure else {
      Issue.record("reported as \(String(describing: failure))")
      return
    }
    try person.execute(script: "COMMIT")
    #expect(try await store.read { try $0.latest(act: OperatorAct.sessionEnded, limit: 10) }.isEmpty)
  }

  @Test("is left alone while it is working: waiting processes report that the store is busy")
  func working() async throws {
    let store = try await open()
    let other = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    let onlooker = try PostgresWire(server.address)
    try onlooker.execute(script: "SELECT pg_advisory_lock(1)")
    // Works, and does not wait for a lock, until the onlooker lets it go.
    try await server.run(
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN WHILE NOT pg_try_advisory_xact_lock(1) LOOP PERFORM pg_sleep(0.1); END LOOP; RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE UPDATE ON effect_keys FOR EACH ROW EXECUTE FUNCTION slow()
      """, in: schema)
    let slow = Task {
      try await store.transaction { transaction in
        try transaction.replace([RecordChange(from: record, to: SampleRecord.completed("idemp:test:1", epoch: 2))])
      }
    }
    let sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    repeat {
      try await Task.sleep(for: .milliseconds(10))
      try onlooker.send("sleeping", sleeping, PostgresArguments())
    } while try onlooker.answers().first?.row(0).integer(0) == 0
    await #expect(throws: StoreFailure.self) {
      try await other.transaction { transaction in
        try transaction.replace([RecordChange(from: record, to: SampleRecord.completed("idemp:test:1", epoch: 2))])
      }
    }
    try onlooker.execute(script: "SELECT pg_advisory_unlock(1)")
    try await slow.value
    #expect(try await store.read { try $0.latest(act: OperatorAct.sessionEnded, limit: 10) }.isEmpty)
  }

  @Test("is recognized by the client if it is its own, and the transaction runs again on another connection")
  func ownConnection() async throws {
    let proxy = try PostgresProxy(to: server)
    let store = try await open(proxy.address)
    let record = SampleRecord.completed("idemp:test:1")
    let runs = Atomic(0)
    try await store.transaction { transaction in
      // The first connection falls silent after its locks are taken; new connections work.
      if runs.add(1, ordering: .relaxed).newValue == 1 {
        _ = try transaction.records(for: [record.key])
        proxy.silenceOpenConnections()
      }
      try transaction.insert([record])
      _ = try transaction.records(for: [record.key])
    }
    #expect(runs.load(ordering: .relaxed) == 2)
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  @Test("leaves nothing behind: a transaction's settings and locks end with it")
  func nothingIsLeft() async throws {
    let store = try await open(PostgresAddress("\(server.address.text)&application_name=\(schema)"))
    try await store.transaction { try $0.insert([SampleRecord.completed("idemp:test:1")]) }
    let wire = try PostgresWire(server.address)
    var name = PostgresArguments()
    name.append(text: schema)
    try wire.send(
      "left",
      """
      SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) \
      WHERE application_name = $1::text AND locktype = 'advisory'
      """, name)
    #expect(try wire.answers().first?.row(0).integer(0) == 0)
  }

  // MARK: The silent session

  /// Opens another process's session, which has locked a key's row and carries the store's mark.
  private func hold(_ key: KeyText, then moment: Moment) throws -> Holder {
    let proxy = try PostgresProxy(to: server)
    let wire = try PostgresWire(proxy.address)
    try wire.execute(
      script: """
        BEGIN; SET LOCAL search_path = \(schema);
        SET LOCAL idle_in_transaction_session_timeout = '2s';
        SELECT pg_advisory_xact_lock_shared(hashtextextended('\(schema).sessions', 7));
        SELECT * FROM effect_keys WHERE key = '\(key)' FOR UPDATE
        """)
    switch moment {
    case .idle: proxy.fallSilent()
    case .sending:
      proxy.fallSilentWithinNextPiece()
      try startAsking(wire, "SELECT 1")
    case .reading:
      proxy.fallSilent(after: 1)
      try startAsking(wire, "SELECT repeat('x', 100000000)")
    }
    return Holder(wire: wire, proxy: proxy)
  }

  private func waitUntilServerWaits(for holder: Holder) async throws {
    let onlooker = try PostgresWire(server.address)
    let waiting = """
      SELECT count(*) FROM pg_stat_activity \
      WHERE pid = $1::bigint AND state = 'active' AND wait_event_type = 'Client'
      """
    var process = PostgresArguments()
    process.append(integer: holder.process)
    repeat {
      try await Task.sleep(for: .milliseconds(10))
      try onlooker.send("waiting", waiting, process)
    } while try onlooker.answers().first?.row(0).integer(0) == 0
  }

  /// Waits for the answer on a separate thread, because the answer never arrives.
  private func startAsking(_ wire: PostgresWire, _ sql: String) throws {
    try wire.send("asked", sql, PostgresArguments())
    nonisolated(unsafe) let wire = wire
    Thread.detachNewThread { _ = try? wire.answers() }
  }

  /// `@unchecked Sendable`: only one thread at a time uses it.
  private final class Holder: @unchecked Sendable {
    let wire: PostgresWire
    let proxy: PostgresProxy
    var process: Int64 { wire.serverProcess }

    init(wire: PostgresWire, proxy: PostgresProxy) {
      self.wire = wire
      self.proxy = proxy
    }
  }
}
