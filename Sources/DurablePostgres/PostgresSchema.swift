import DurableExecution
import DurableSQL
import PostgresDriver

/// Brings a database to the schema this program knows. All of ours stands in one PostgreSQL schema, so that it can share
/// a database with others.
package struct PostgresSchema: Sendable {
  /// The PostgreSQL schema our tables are in.
  package let name: String
  let steps: SchemaSteps
  /// Of the database, to say which is refused.
  let address: PostgresAddress

  private static let known = "SELECT to_regclass('schema_migrations') IS NOT NULL"
  /// As JSON, since a table made before digests were kept has no column for them.
  private static let found =
    "SELECT version, coalesce(to_jsonb(taken) ->> 'digest', '') FROM schema_migrations AS taken ORDER BY version"
  private static let write = "INSERT INTO schema_migrations (version, digest) VALUES ($1, $2)"
  private static let isThere = "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1::text)"
  /// By the schema's name: who shares the database and not the schema waits for nobody. Two names of one number would
  /// only wait for each other without need.
  private static let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 11))"

  /// Begins a transaction that finds our tables. Nothing that is set here outlasts it.
  func begin(_ wire: PostgresWire) throws(PostgresError) {
    // However long it takes: the others wait for a long step, and no time-out is to cut it in two.
    try wire.execute(
      script: """
        BEGIN; SET LOCAL search_path = \(wire.quoted(identifier: name));
        SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0
        """)
  }

  private func inTransaction<Value>(_ wire: PostgresWire, _ work: () throws -> Value) throws -> Value {
    try begin(wire)
    do {
      let value = try work()
      try wire.execute(script: "COMMIT")
      return value
    } catch {
      try? wire.execute(script: "ROLLBACK")
      throw error
    }
  }

  /// Upgrades in one transaction, under a lock that all who start at the same time share: one does it, the others find
  /// it done. A process that dies within leaves nothing, and its lock goes with its connection.
  ///
  /// - Throws: `StoreFailure.newerSchema`, `otherBuild`; `PostgresError`.
  func upgrade(_ wire: PostgresWire) throws {
    guard try version(wire) < steps.version else { return }
    try inTransaction(wire) {
      _ = try ask(wire, "schema.lock", Self.lock, name)
      if try ask(wire, "schema.isThere", Self.isThere, name) == 0 {
        try wire.execute(script: "CREATE SCHEMA \(wire.quoted(identifier: name))")
      }
      try takeSteps(after: try taken(wire), wire)
    }
  }

  func takeSteps(after found: Int, _ wire: PostgresWire) throws {
    try wire.execute(
      script: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version BIGINT NOT NULL PRIMARY KEY, digest TEXT NOT NULL CHECK (length(digest) = 64),
          applied_at TIMESTAMPTZ NOT NULL DEFAULT now())
        """)
    // What was split since is on record as one.
    try wire.execute(script: "DELETE FROM schema_migrations")
    for (index, step) in steps.postgres.enumerated() {
      if index >= found { try wire.execute(script: step.sql) }
      var arguments = PostgresArguments()
      arguments.append(integer: Int64(index + 1))
      arguments.append(text: step.digest)
      try wire.send("schema.write", Self.write, arguments)
      _ = try wire.answers()
    }
  }

  /// What a cache before the store seals its content with; made by the first who asks.
  ///
  /// - Throws: `PostgresError`.
  func cacheSecret(_ wire: PostgresWire) throws -> [UInt8] {
    try inTransaction(wire) { try PostgresSecret.cache(wire) }
  }

  private func ask(_ wire: PostgresWire, _ name: String, _ sql: String, _ argument: String) throws -> Int64? {
    var arguments = PostgresArguments()
    arguments.append(text: argument)
    try wire.send(name, sql, arguments)
    guard let row = try wire.answers().first?.row(0), !row.isNull(0) else { return nil }
    return try? row.integer(0)
  }

  /// The last step that was taken; 0 where there is nothing of ours.
  ///
  /// - Throws: `StoreFailure.newerSchema`; `otherBuild` where a step taken is not what this program knows by its number.
  func version(_ wire: PostgresWire) throws -> Int { try inTransaction(wire) { try taken(wire) } }

  private func taken(_ wire: PostgresWire) throws -> Int {
    try wire.send("schema.known", Self.known, PostgresArguments())
    guard try wire.answers().first?.row(0).integer(0) == 1 else { return 0 }
    try wire.send("schema.found", Self.found, PostgresArguments())
    guard let rows = try wire.answers().first, rows.rowCount > 0 else { return 0 }
    let found = Int(try rows.row(rows.rowCount - 1).integer(0))
    guard found <= steps.version else { throw StoreFailure.newerSchema(found: found, known: steps.version) }
    let digests = try (0..<rows.rowCount).map { try rows.row($0).text(1) }
    guard digests.count == found, let count = steps.taken(digests, of: steps.postgres) else {
      throw StoreFailure.otherBuild("\(address)")
    }
    return count
  }
}
