import DurableExecution
import Migrations
import PostgresDriver

/// Brings a database to the schema this program knows. All of ours stands in one PostgreSQL schema, so that it can share
/// a database with others.
package struct PostgresSchema: Sendable {
  /// The PostgreSQL schema our tables are in.
  package let name: String

  package static let version = Migrations.postgres.count

  private static let known = "SELECT to_regclass('schema_migrations') IS NOT NULL"
  private static let found = "SELECT coalesce(max(version), 0) FROM schema_migrations"
  private static let write = "INSERT INTO schema_migrations (version) VALUES ($1)"
  private static let isThere = "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1::text)"
  /// By the schema's name: who shares the database and not the schema waits for nobody. Two names of one number would
  /// only wait for each other without need.
  private static let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 11))"

  /// Makes each connection look into our schema only, and sets what keeps one worker from holding up the others for long.
  /// A commit is on the server's disk before it returns, also where the server is set to be less exact: money moves on it.
  func prepare(_ wire: PostgresWire) throws {
    try wire.execute(
      script: """
        SET search_path = \(wire.quoted(identifier: name));
        SET statement_timeout = '60s';
        SET idle_in_transaction_session_timeout = '15s';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """)
  }

  /// Upgrades in one transaction, under a lock that all who start at the same time share: one does it, the others find
  /// it done. A process that dies within leaves nothing, and its lock goes with its connection.
  ///
  /// - Throws: `StoreFailure.newerSchema`, `PostgresError`.
  func upgrade(_ wire: PostgresWire) throws {
    guard try knownVersion(wire) < Self.version else { return }
    // However long it takes: the others wait for a long step, and no time-out is to cut it in two.
    try wire.execute(script: "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
    do {
      _ = try ask(wire, "schema.lock", Self.lock, name)
      if try ask(wire, "schema.isThere", Self.isThere, name) == 0 {
        try wire.execute(script: "CREATE SCHEMA \(wire.quoted(identifier: name))")
      }
      try takeSteps(after: try knownVersion(wire), wire)
      try wire.execute(script: "COMMIT")
    } catch {
      try? wire.execute(script: "ROLLBACK")
      throw error
    }
  }

  private func takeSteps(after found: Int, _ wire: PostgresWire) throws {
    try wire.execute(
      script: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version BIGINT NOT NULL PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())
        """)
    for (index, step) in Migrations.postgres.enumerated().dropFirst(found) {
      try wire.execute(script: String(decoding: step, as: UTF8.self))
      var arguments = PostgresArguments()
      arguments.append(integer: Int64(index + 1))
      try wire.send("schema.write", Self.write, arguments)
      _ = try wire.answers()
    }
  }

  /// - Throws: `StoreFailure.newerSchema`.
  private func knownVersion(_ wire: PostgresWire) throws -> Int {
    let found = try version(wire)
    guard found <= Self.version else { throw StoreFailure.newerSchema(found: found, known: Self.version) }
    return found
  }

  private func ask(_ wire: PostgresWire, _ name: String, _ sql: String, _ argument: String) throws -> Int64? {
    var arguments = PostgresArguments()
    arguments.append(text: argument)
    try wire.send(name, sql, arguments)
    guard let row = try wire.answers().first?.row(0), !row.isNull(0) else { return nil }
    return try? row.integer(0)
  }

  /// The last step that was taken; 0 where there is nothing of ours.
  func version(_ wire: PostgresWire) throws -> Int {
    try wire.send("schema.known", Self.known, PostgresArguments())
    guard try wire.answers().first?.row(0).integer(0) == 1 else { return 0 }
    try wire.send("schema.found", Self.found, PostgresArguments())
    return Int(try wire.answers().first?.row(0).integer(0) ?? 0)
  }
}
