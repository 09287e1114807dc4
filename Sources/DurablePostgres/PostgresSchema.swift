import DurableExecution
package import DurableSQL
package import PostgresDriver

/// Upgrades a database to the schema this program knows. All of our tables are in one PostgreSQL schema, so that other
/// applications can share the database.
package struct PostgresSchema: Sendable {
  /// The name of the PostgreSQL schema that contains our tables.
  package let name: String
  let steps: SchemaSteps
  /// The address of the database, for error messages.
  let address: PostgresAddress

  package init(name: String, steps: SchemaSteps, address: PostgresAddress) {
    self.name = name
    self.steps = steps
    self.address = address
  }

  private static let known = "SELECT to_regclass('schema_migrations') IS NOT NULL"
  /// Reads the rows as JSON, since a table created before digests were recorded has no column for them.
  private static let found =
    "SELECT version, coalesce(to_jsonb(taken) ->> 'digest', '') FROM schema_migrations AS taken ORDER BY version"
  private static let write = "INSERT INTO schema_migrations (version, digest) VALUES ($1, $2)"
  private static let isThere = "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1::text)"
  /// Locks the name of the schema, so that users of other schemas in the same database do not wait. If two names hash
  /// to the same number, they only wait for each other unnecessarily.
  private static let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 11))"

  /// How often an upgrade that met a deadlock is begun.
  private static let attempts = 20

  /// Begins a transaction that finds our tables. The settings made here end with the transaction.
  func begin(_ wire: PostgresWire) throws(PostgresError) {
    // The other processes wait for a long step, so no timeout may interrupt it.
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

  /// Upgrades in one transaction, under a lock that all processes share that start at the same time: one upgrades, and
  /// the others find the upgrade done. If a process dies during the upgrade, nothing remains, and its lock ends with
  /// its connection.
  ///
  /// Workers may be at the tables meanwhile, and take them in another order than the steps do. If PostgreSQL ends the
  /// upgrade to resolve a deadlock, it begins again.
  ///
  /// - Throws: `StoreFailure.newerSchema`, `otherBuild`; `PostgresError`.
  package func upgrade(_ wire: PostgresWire) throws {
    for attempt in 1... {
      guard try version(wire) < steps.version else { return }
      do {
        return try takeAllSteps(wire)
      } catch let error as PostgresError where error.state == .deadlockDetected && attempt < Self.attempts {
        continue
      }
    }
  }

  private func takeAllSteps(_ wire: PostgresWire) throws {
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
    // A former single step that has since been split is replaced by its parts.
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

  /// Returns the secret with which a cache seals its content; the first process to ask creates it.
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

  /// The number of the last step applied; 0 if the database has none of our tables.
  ///
  /// - Throws: `StoreFailure.newerSchema`; `otherBuild` if an applied step differs from this program's step of that
  ///   number.
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
