import ClaimPipeline
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import Synchronization
import TestSupport
import Testing

@Suite("The server's errors are reported as what they are", .postgres)
struct PostgresRefusalTests {
  private let server: PrivatePostgres
  private let schema: String

  init() throws {
    server = try PrivatePostgres.shared()
    schema = server.newSchema()
  }

  private func open() async throws -> PostgresStore {
    try await PostgresStore(server.address, schema: schema, connections: 2)
  }

  @Test(
    "an error about a value is a data error, not an unreachable store",
    arguments: ["22000", "22001", "22003", "22021", "22P02", "22P05", "54000"])
  func data(code: String) async throws {
    let failure = try await refusal(code)
    guard case .data(let what)? = failure else {
      Issue.record("reported as \(String(describing: failure))")
      return
    }
    #expect(what.contains(code))
    #expect(!what.contains("secret"), "the message of a data error must not quote the value")
  }

  @Test("an error of class 23 is a constraint violation", arguments: ["23502", "23503", "23514", "44000"])
  func constraint(code: String) async throws {
    let failure = try await refusal(code)
    guard case .constraint? = failure else {
      Issue.record("reported as \(String(describing: failure))")
      return
    }
  }

  @Test(
    "a failed statement is not an outage: the server answers",
    arguments: ["0A000", "21000", "25P02", "26000", "42P01", "42P05", "42703", "42804", "53200", "58030", "P0001"])
  func failed(code: String) async throws {
    let failure = try await refusal(code)
    guard case .failed(let why)? = failure else {
      Issue.record("reported as \(String(describing: failure))")
      return
    }
    #expect(why.contains(code))
  }

  @Test("no error that the server answers with is reported as an unreachable store")
  func neverUnreachable() async throws {
    for code in ["0A000", "22021", "23514", "26000", "42804", "P0001"] {
      let failure = try await refusal(code)
      #expect(failure.map { !"\($0)".contains("cannot be reached") } == true, "\(code): \(String(describing: failure))")
    }
  }

  @Test("a text with a NUL is never sent to the server", arguments: ["a\u{0}", "\u{0}", "a\u{0}b"])
  func nul(text: String) async throws {
    let store = try await open()
    let record = SampleRecord.completed("idemp:test:\(text)")
    let writing = await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.insert([record]) } }
    let asking = await #expect(throws: StoreFailure.self) {
      try await store.read { try $0.records(for: [record.key]) }
    }
    for failure in [writing, asking] {
      guard case .data(let what)? = failure else {
        Issue.record("reported as \(String(describing: failure))")
        continue
      }
      #expect(what.hasPrefix("a text with a NUL character"), "the session itself must refuse it")
    }
    #expect(try await store.read { try $0.records(for: [KeyText("idemp:test:a")]) }.isEmpty)
  }

  @Test("statements prepared before a table changed are prepared again on another connection")
  func changedColumn() async throws {
    let store = try await open()
    let records = ["idemp:test:1", "idemp:test:2"].map { SampleRecord.completed($0) }
    try await store.transaction { try $0.insert([records[0]]) }
    #expect(try await store.read { try $0.records(for: [records[0].key]) }.count == 1)
    try await server.run(
      "ALTER TABLE effect_keys ALTER COLUMN agent TYPE VARCHAR(200), ALTER COLUMN effect TYPE VARCHAR(200)", in: schema)
    try await store.transaction { transaction in
      #expect(try transaction.records(for: [records[0].key])[records[0].key] == records[0])
      try transaction.insert([records[1]])
    }
    #expect(try await store.read { try $0.records(for: records.map(\.key)) }.count == 2)
  }

  @Test(
    "a session that has lost its prepared statements, or has another statement under our name, is replaced",
    arguments: ["DEALLOCATE ALL", "PREPARE commit AS SELECT 1"])
  func spoiledSession(by script: String) async throws {
    let store = try await open()
    try await onFirstInsert("EXECUTE '\(script)'")
    let record = SampleRecord.completed("idemp:test:1")
    let runs = Atomic(0)
    try await store.transaction { transaction in
      runs.add(1, ordering: .relaxed)
      // The statement is prepared by now, and runs again after the prepared statements are gone.
      _ = try transaction.records(for: [record.key])
      try transaction.insert([record])
      _ = try transaction.records(for: [record.key])
    }
    #expect(runs.load(ordering: .relaxed) == 2, "the transaction ran again on another connection")
    #expect(try await store.read { try $0.records(for: [record.key])[record.key] } == record)
  }

  // MARK: Obstacles

  /// Returns the failure that the store reports if the server refuses a row with the code.
  private func refusal(_ code: String) async throws -> StoreFailure? {
    let store = try await open()
    let record = SampleRecord.completed("idemp:test:\(code)")
    try await server.run(
      """
      CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the value "secret" is refused' USING ERRCODE = '\(code)'; END $$;
      CREATE OR REPLACE TRIGGER refused BEFORE INSERT ON effect_keys FOR EACH ROW EXECUTE FUNCTION refuse()
      """, in: schema)
    return await #expect(throws: StoreFailure.self) { try await store.transaction { try $0.insert([record]) } }
  }

  /// Runs the statement on the first insert. A sequence counts the inserts, since it does not roll back.
  private func onFirstInsert(_ statement: String) async throws {
    try await server.run(
      """
      CREATE SEQUENCE inserts;
      CREATE FUNCTION at_first() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('inserts') = 1 THEN \(statement); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER at_first BEFORE INSERT ON effect_keys FOR EACH ROW EXECUTE FUNCTION at_first()
      """, in: schema)
  }
}
