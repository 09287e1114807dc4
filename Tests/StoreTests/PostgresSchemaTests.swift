import ClaimMigrations
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableSQL
import PostgresDriver
import TestSupport
import Testing

@Suite("A store's schema in PostgreSQL", .postgres)
struct PostgresSchemaTests {
  private let server: PrivatePostgres
  private let schema: String

  init() throws {
    server = try PrivatePostgres.shared()
    schema = server.newSchema()
  }

  private func open() async throws -> PostgresStore {
    try await PostgresStore(server.address, schema: schema, connections: 2)
  }

  @Test("is made once, even if ten processes open it at the same time")
  func tenOpeners() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...10 { group.addTask { try await open().close() } }
      try await group.waitForAll()
    }
    let steps = try await PostgresPool(server.address, limit: 1).use { [schema] wire in
      try wire.execute(script: "SET search_path = \(wire.quoted(identifier: schema))")
      try wire.send("steps", "SELECT count(*) FROM schema_migrations", PostgresArguments())
      return try wire.answers().first?.row(0).integer(0)
    }
    #expect(steps.map(Int.init) == SchemaSteps.claims.version)
  }

  @Test("has the version that it was left with, and version 0 before it is made")
  func version() async throws {
    #expect(try await PostgresStore.schemaVersion(at: server.address, schema: schema) == 0)
    try await open().close()
    #expect(try await PostgresStore.schemaVersion(at: server.address, schema: schema) == SchemaSteps.claims.version)
    try await open().close()
    #expect(try await PostgresStore.schemaVersion(at: server.address, schema: schema) == SchemaSteps.claims.version)
  }

  @Test("with a newer version is refused, and left unchanged")
  func newerVersion() async throws {
    try await open().close()
    try await server.run(
      "INSERT INTO schema_migrations (version, digest) SELECT 99, min(digest) FROM schema_migrations", in: schema)
    let refusal = StoreFailure.newerSchema(found: 99, known: SchemaSteps.claims.version)
    for _ in 1...2 { await #expect(throws: refusal) { try await open() } }
  }

  @Test("made when two steps were one is recognized, and gets the next steps")
  func formerlyOneStep() async throws {
    try await open().close()
    let former = try #require(
      SchemaSteps.formerlyOneStep.keys.sorted().first { key in key.hasPrefix("fb2c") },
      "the digest for PostgreSQL is missing")
    try await server.run(
      """
      DROP TABLE form_pages_gone, form_acts, form_pages, form_drafts;
      DROP FUNCTION refuse_loss_of_page, refuse_early_loss_of_pages, refuse_return_of_page;
      DROP TABLE batch_claims, batches, webhook_receivers, webhook_secrets, webhook_subscriptions, webhook_deliveries;
      ALTER TABLE queued_claims DROP COLUMN traceparent;
      DROP TABLE claim_marks, proposed_acts, payee_holds, claim_notes, claim_assignments, bulk_subjects, bulk_acts;
      DROP FUNCTION refuse_payment_on_hold CASCADE;
      ALTER TABLE payments DROP COLUMN receipt, DROP COLUMN return_receipt;
      ALTER TABLE bank_link DROP COLUMN bank_key;
      DROP INDEX claims_by_day, claims_by_member, claims_by_provider, claims_by_status;
      ALTER TABLE claims DROP COLUMN provider, DROP COLUMN first_service, DROP COLUMN last_service;
      CREATE INDEX claims_suspended ON claims (received_on, claim_intake_id) WHERE status = 'suspended';
      DROP TABLE flows; DROP TABLE further_days; ALTER TABLE decision_lines DROP COLUMN days;
      ALTER TABLE coverages DROP COLUMN last_name, DROP COLUMN first_name, DROP COLUMN birth_date,
        DROP COLUMN group_number;
      DELETE FROM schema_migrations; INSERT INTO schema_migrations (version, digest) VALUES (1, '\(former)')
      """,
      in: schema)
    #expect(try await PostgresStore.schemaVersion(at: server.address, schema: schema) == 2)
    try await open().close()
    try await PostgresStore(server.address, steps: .withOneMore, schema: schema, connections: 1).close()
    let version = try await PostgresStore.schemaVersion(at: server.address, steps: .withOneMore, schema: schema)
    #expect(version == SchemaSteps.withOneMore.version)
  }

  @Test("is upgraded while others are at its tables, although PostgreSQL ends the upgrade to resolve a deadlock")
  func deadlock() async throws {
    try await open().close()
    let onlooker = try PostgresOnlooker("upgrade-\(schema)")
    let other = try await PostgresConnection.open(server.address)
    let taken = "SET LOCAL search_path = \(schema); LOCK TABLE payments IN ROW EXCLUSIVE MODE"
    try await other.use { try $0.execute(script: "BEGIN; \(taken)") }
    let upgrade = Task { [schema] in
      try await PostgresStore(onlooker.address, steps: .withTwoAltered, schema: schema, connections: 1).close()
    }
    // The upgrade has altered claims, and waits for payments.
    while try onlooker.waitingForLocks() == 0 { try await Task.sleep(for: .milliseconds(10)) }
    // One of the two is ended: the upgrade, which has waited longer, or this one.
    try? await other.use { try $0.execute(script: "LOCK TABLE claims IN ROW EXCLUSIVE MODE; COMMIT") }
    try? await other.use { try $0.execute(script: "ROLLBACK") }
    try await upgrade.value
    let version = try await PostgresStore.schemaVersion(at: server.address, steps: .withTwoAltered, schema: schema)
    #expect(version == SchemaSteps.withTwoAltered.version)
  }

  @Test("from another build is refused: a step has another text, or the digests of steps are missing")
  func otherBuild() async throws {
    try await open().close()
    let refusal = StoreFailure.otherBuild("\(try server.address)")
    for edit in [
      "UPDATE schema_migrations SET digest = repeat('0', 64)", "ALTER TABLE schema_migrations DROP COLUMN digest",
    ] {
      try await server.run(edit, in: schema)
      await #expect(throws: refusal) { try await open() }
      await #expect(throws: refusal) {
        try await PostgresStore.schemaVersion(at: server.address, schema: schema)
      }
    }
  }

  @Test(
    "enforces the rules of the types: none of these rows can be written, even by hand",
    arguments: UnwritableRow.statements)
  func constraints(statement: String) async throws {
    try await UnwritableRow.prepare(ClaimStore(try await open()))
    let error = await #expect(throws: PostgresError.self) { try await server.run(statement, in: schema) }
    #expect(error?.state?.errorClass == .integrityConstraintViolation)
  }

  @Test("is separate from another schema of the same database")
  func apart() async throws {
    let other = try await PostgresStore(server.address, schema: server.newSchema(), connections: 1)
    let record = SampleRecord.completed("idemp:test:1")
    try await open().transaction { try $0.insert([record]) }
    #expect(try await other.read { try $0.records(for: [record.key]) }.isEmpty)
  }
}
