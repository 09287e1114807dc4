import ClaimMigrations
import ClaimStore
import DurableExecution
import DurableSQL
import Foundation
import GRDB
import Logging
import Synchronization
import TestSupport
import Testing

@testable import DurableSQLite

@Suite("A store file")
struct SQLiteFileTests {
  @Test("is made once, even if ten processes open it at the same time")
  func tenOpeners() async throws {
    let folder = try TemporaryFolder()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...10 { group.addTask { _ = try SQLiteStore(path: folder.file("store.db")) } }
      try await group.waitForAll()
    }
  }

  @Test("writes every commit to the disk before it returns")
  func synchronous() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("store.db"))
    let (mode, journal) = try await store.transaction { transaction in
      (
        try transaction.ask(DurableSQL.Statement("synchronous", "PRAGMA synchronous")) { try $0.integer() },
        try transaction.ask(DurableSQL.Statement("journal", "PRAGMA journal_mode")) { try $0.text() }
      )
    }
    #expect(mode == [2], "synchronous is FULL")
    #expect(journal == ["wal"])
  }

  @Test("that is opened for reading serves several reads at once")
  func concurrentReads() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    try SQLiteStore(path: path).close()
    let store = try SQLiteStore(reading: path)
    let arrivals = Arrivals()
    // Each read ends once all three are under way.
    let met = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 1...3 {
        group.addTask {
          try await store.read { _ in
            arrivals.add()
            let giveUp = ContinuousClock.now + .seconds(600)
            while arrivals.count < 3, .now < giveUp { Thread.sleep(forTimeInterval: 0.001) }
            return arrivals.count == 3
          }
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(met)
    try store.close()
  }

  private final class Arrivals: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
  }

  @Test("has a log that is reset when it is long, and a warning says so if a reader prevents that")
  func longLog() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    let told = Told()
    let store = try SQLiteStore(
      path: path, schema: .claims, logBound: 4 << 20, logger: Logger(label: "test") { _ in told })
    func grow(_ round: Int) async throws {
      for number in 1...20 {
        let record = SampleRecord.completed(
          "idemp:test:\(round)-\(number)", bytes: [UInt8](repeating: 7, count: 100_000))
        try await store.transaction { try $0.insert([record]) }
      }
    }
    func size() throws -> Int { try Data(contentsOf: URL(filePath: "\(path)-wal")).count }

    // Without a reader, the log is reset.
    for round in 1...6 { try await grow(round) }
    #expect(told.messages.isEmpty)
    #expect(try size() < 6 << 20)

    // One that stays keeps all that comes after it.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let reader = try DatabaseQueue(path: path, configuration: configuration)
    try await reader.writeWithoutTransaction { try $0.execute(sql: "BEGIN; SELECT count(*) FROM effect_keys") }
    for round in 7...12 { try await grow(round) }
    #expect(told.messages.count == 2, "once at the bound, and once at twice the size")
    #expect(told.messages.allSatisfy { $0.contains("store.db-wal has grown") && $0.contains("read transaction") })
    #expect(try size() > 12 << 20)

    try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    for round in 13...16 { try await grow(round) }
    #expect(try size() < 6 << 20)
    #expect(told.messages.count == 2)
  }

  /// Keeps what is logged.
  private final class Told: LogHandler, Sendable {
    private let kept = Mutex<[String]>([])

    var messages: [String] { kept.withLock(\.self) }
    var metadata: Logger.Metadata {
      get { [:] }
      set {}
    }
    var logLevel: Logger.Level {
      get { .info }
      set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
      get { nil }
      set {}
    }

    func log(event: LogEvent) { kept.withLock { $0.append("\(event.message)") } }
  }

  @Test("with a newer version is refused, and left unchanged")
  func newerVersion() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    try SQLiteStore(path: path).close()
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    let refusal = StoreFailure.newerSchema(found: 99, known: SchemaSteps.claims.version)
    #expect(throws: refusal) { try SQLiteStore(path: path) }
  }

  @Test("made when two steps were one is recognized, and gets the next steps")
  func formerlyOneStep() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    try SQLiteStore(path: path).close()
    let former = try #require(
      SchemaSteps.formerlyOneStep.keys.first { $0.hasPrefix("a59b") }, "the digest for SQLite is missing")
    try DatabaseQueue(path: path).writeWithoutTransaction { database in
      try database.execute(
        sql: """
          DROP TABLE form_pages_gone; DROP TABLE form_acts; DROP TABLE form_pages; DROP TABLE form_drafts;
          DROP TRIGGER no_payment_while_on_hold; DROP TRIGGER no_payment_again_while_on_hold;
          ALTER TABLE queued_claims DROP COLUMN traceparent; DROP TABLE claim_marks;
          DROP TABLE proposed_acts; DROP TABLE payee_holds; DROP TABLE claim_notes; DROP TABLE claim_assignments;
          DROP TABLE bulk_subjects;
          DROP TABLE bulk_acts; DROP TABLE batch_claims; DROP TABLE batches; DROP TABLE webhook_secrets;
          DROP TABLE webhook_receivers; DROP TABLE webhook_subscriptions; DROP TABLE webhook_deliveries;
          ALTER TABLE payments DROP COLUMN receipt; ALTER TABLE payments DROP COLUMN return_receipt;
          ALTER TABLE bank_link DROP COLUMN bank_key;
          DROP INDEX claims_by_day; DROP INDEX claims_by_member; DROP INDEX claims_by_provider;
          DROP INDEX claims_by_status; ALTER TABLE claims DROP COLUMN provider;
          ALTER TABLE claims DROP COLUMN last_service; ALTER TABLE claims DROP COLUMN first_service;
          CREATE INDEX claims_suspended ON claims (received_on, claim_intake_id) WHERE status = 'suspended';
          DROP TABLE flows; DROP TABLE further_days; ALTER TABLE decision_lines DROP COLUMN days;
          ALTER TABLE coverages DROP COLUMN group_number; ALTER TABLE coverages DROP COLUMN last_name;
          ALTER TABLE coverages DROP COLUMN first_name;
          ALTER TABLE coverages DROP COLUMN birth_date; DELETE FROM schema_migrations
          """)
      try database.execute(sql: "INSERT INTO schema_migrations (version, digest) VALUES (1, ?)", arguments: [former])
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    #expect(try SQLiteStore.schemaVersion(path: path) == 2)
    try SQLiteStore(path: path).close()
    _ = try SQLiteStore(reading: path)
    try SQLiteStore(path: path, schema: .withOneMore).close()
    #expect(try SQLiteStore.schemaVersion(path: path, schema: .withOneMore) == SchemaSteps.withOneMore.version)
  }

  @Test("with a row whose claim is gone is not upgraded, and left unchanged")
  func brokenReference() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    let claims = SchemaSteps.claims
    let steps = SchemaSteps(Array(claims.steps.prefix(13)), applicationID: claims.applicationID)
    try SQLiteStore(path: path, schema: steps).close()
    var unchecked = Configuration()
    unchecked.foreignKeysEnabled = false
    try DatabaseQueue(path: path, configuration: unchecked).write {
      try $0.execute(sql: "INSERT INTO claim_bodies (claim_intake_id, body) VALUES ('CLM-1', x'7b7d')")
    }
    #expect(throws: StoreFailure.corrupt("\(path): its rows refer to rows that are not there")) {
      try SQLiteStore(path: path)
    }
    #expect(try SQLiteStore.schemaVersion(path: path) == 13)
  }

  @Test("from another build is refused: a step has another text, or the digests of steps are missing")
  func otherBuild() throws {
    for edit in ["UPDATE schema_migrations SET digest = lower(hex(zeroblob(32)))", "DROP TABLE schema_migrations"] {
      let folder = try TemporaryFolder()
      let path = folder.file("store.db")
      try SQLiteStore(path: path).close()
      try DatabaseQueue(path: path).write { try $0.execute(sql: edit) }
      #expect(throws: StoreFailure.otherBuild(path)) { try SQLiteStore(path: path) }
      #expect(throws: StoreFailure.otherBuild(path)) { try SQLiteStore.schemaVersion(path: path) }
    }
  }

  @Test("accepts no text with a NUL, which would end the text there", arguments: ["a\u{0}", "\u{0}", "a\u{0}b"])
  func nul(text: String) async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("store.db"))
    let record = SampleRecord.completed("idemp:test:\(text)")
    let refusal = StoreFailure.data("a text with a NUL character")
    await #expect(throws: refusal) { try await store.transaction { try $0.insert([record]) } }
    await #expect(throws: refusal) { try await store.read { try $0.records(for: [record.key]) } }
    #expect(try await store.read { try $0.records(for: [KeyText("idemp:test:a")]) }.isEmpty)
  }

  @Test("opened for reading is not created, changed or written to, even beside a writer")
  func reading() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    #expect(throws: StoreFailure.self) { try SQLiteStore(reading: path) }
    #expect(!FileManager.default.fileExists(atPath: path))

    let writer = try SQLiteStore(path: path)
    let reader = try SQLiteStore(reading: path)
    let record = SampleRecord.completed("idemp:test:a")
    try await writer.transaction { try $0.insert([record]) }
    #expect(try await reader.read { try $0.records(for: [record.key])[record.key] } == record)
    await #expect(throws: StoreFailure.self) {
      try await reader.transaction { try $0.insert([SampleRecord.completed("idemp:test:b")]) }
    }
    #expect(try await writer.read { try $0.records(for: [KeyText("idemp:test:b")]) }.isEmpty)
  }

  @Test("that is empty or belongs to another program is refused for reading too")
  func readingForeign() throws {
    let folder = try TemporaryFolder()
    let (empty, other) = (folder.file("empty.db"), folder.file("other.db"))
    try Data().write(to: URL(fileURLWithPath: empty))
    #expect(throws: StoreFailure.self) { try SQLiteStore(reading: empty) }
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
    #expect(throws: StoreFailure.self) { try SQLiteStore(reading: other) }
  }

  @Test("that belongs to another program is refused")
  func foreignFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("other.db")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
    #expect(throws: StoreFailure.self) { try SQLiteStore(path: path) }
    let tables = try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") }
    #expect(tables == ["recipes"])
  }

  @Test("that is not a database is refused")
  func noDatabase() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("letter.db")
    try Data(repeating: 0x41, count: 5_000).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreFailure.self) { try SQLiteStore(path: path) }
  }

  @Test(
    "enforces the rules of the types: none of these rows can be written, even by hand",
    arguments: UnwritableRow.statements)
  func constraints(statement: String) async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("store.db"))
    try await UnwritableRow.prepare(ClaimStore(store))
    let queue = try DatabaseQueue(path: folder.file("store.db"))
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: statement) } }
  }
}
