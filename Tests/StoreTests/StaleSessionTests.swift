import ClaimStore
import ClaimPipeline
import DurableExecution
import Foundation
@testable import PostgresDriver
import DurablePostgres
import DurableSQL
import Synchronization
import TestSupport
import Testing

/// One process of a store's is silent while it holds locks; the others must not wait for it for longer than they would
/// for its leases.
@Suite("A session that holds up the others in silence", .postgres, .timeLimit(.minutes(40)))
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

  /// Where a client is when it falls silent.
  enum Moment: CaseIterable {
    /// Between two statements: the server knows that it is idle in a transaction, and ends it by itself.
    case idle
    /// In the middle of sending: to the server it looks as if it was at work, for ever.
    case sending
    /// It is there, and does not read what it has asked for.
    case reading
  }

  @Test("is ended, whatever it was doing, and who waited for its locks goes on", arguments: Moment.allCases)
  func silent(at moment: Moment) async throws {
    let store = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    let holder = try await onThread { try hold(record.key, then: moment) }
    let done = SampleRecord.completed("idemp:test:1", epoch: 2)
    try await store.transaction { transaction in
      let found = try transaction.records(for: [record.key])
      #expect(found[record.key] == record, "nothing of the silent one's work was committed")
      try transaction.replace([RecordChange(from: record, to: done)])
    }
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == done)
    let ended = try await store.read { try $0.latest(act: OperatorAct.sessionEnded, limit: 10) }
    switch moment {
    case .idle: #expect(ended.isEmpty, "the server did that by itself")
    case .sending, .reading:
      #expect(ended.count == 1, "on record")
      #expect(ended.first?.reason.contains("session \(holder.process) ") == true)
    }
    withExtendedLifetime(holder) {}
  }

  @Test("is left alone where it is not of this store, however long it is in the way")
  func foreign() async throws {
    let store = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    // As a person at a prompt, under our own name.
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

  @Test("is left alone while it is at work: whoever waits for it tells that the store is busy")
  func working() async throws {
    let store = try await open()
    let other = try await open()
    let record = SampleRecord.pending("idemp:test:1", epoch: 1)
    try await store.transaction { try $0.insert([record]) }
    try await server.run(
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(8); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE UPDATE ON effect_keys FOR EACH ROW EXECUTE FUNCTION slow()
      """, in: schema)
    let slow = Task {
      try await store.transaction { transaction in
        try transaction.replace([RecordChange(from: record, to: SampleRecord.completed("idemp:test:1", epoch: 2))])
      }
    }
    let onlooker = try PostgresWire(server.address)
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
    try await slow.value
    #expect(try await store.read { try $0.latest(act: OperatorAct.sessionEnded, limit: 10) }.isEmpty)
  }

  @Test("of ours is found out by ourselves, and its work is done over another")
  func ownConnection() async throws {
    let proxy = try PostgresProxy(to: server)
    let store = try await open(proxy.address)
    let record = SampleRecord.completed("idemp:test:1")
    let runs = Atomic(0)
    try await store.transaction { transaction in
      // The first goes silent after its locks are taken; new connections get through.
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

  @Test("nothing of ours stays on a session: what a transaction sets is gone with it")
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

  // MARK: The one that is silent

  /// Another process's session that has locked a key's row under the store's mark.
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

  /// On a thread of its own, which the answer never comes to.
  private func startAsking(_ wire: PostgresWire, _ sql: String) throws {
    try wire.send("asked", sql, PostgresArguments())
    nonisolated(unsafe) let wire = wire
    Thread.detachNewThread { _ = try? wire.answers() }
  }

  /// `@unchecked Sendable`: used by one thread after the other.
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
