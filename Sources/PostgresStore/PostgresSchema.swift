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

  /// Makes each connection look into our schema only, and sets what keeps one worker from holding up the others for long.
  func prepare(_ wire: PostgresWire) throws {
    try wire.execute(
      script: """
        SET search_path = \(wire.quoted(identifier: name));
        SET statement_timeout = '60s';
        SET idle_in_transaction_session_timeout = '15s'
        """)
  }

  /// Upgrades under a lock that all who start at the same time share: one does it, the others find it done.
  ///
  /// - Throws: `StoreFailure.newerSchema`, `PostgresError`.
  func upgrade(_ wire: PostgresWire) throws {
    try wire.execute(script: "SELECT pg_advisory_lock(5041494400)")
    defer { try? wire.execute(script: "SELECT pg_advisory_unlock(5041494400)") }
    let found = try version(wire)
    guard found <= Self.version else { throw StoreFailure.newerSchema(found: found, known: Self.version) }
    guard found < Self.version else { return }
    try wire.execute(
      script: """
        CREATE SCHEMA IF NOT EXISTS \(wire.quoted(identifier: name));
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version BIGINT NOT NULL PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())
        """)
    for (index, step) in Migrations.postgres.enumerated().dropFirst(found) {
      try wire.execute(script: "BEGIN")
      do {
        try wire.execute(script: String(decoding: step, as: UTF8.self))
        var arguments = PostgresArguments()
        arguments.append(integer: Int64(index + 1))
        try wire.send("schema.write", Self.write, arguments)
        _ = try wire.answers()
        try wire.execute(script: "COMMIT")
      } catch {
        try? wire.execute(script: "ROLLBACK")
        throw error
      }
    }
  }

  /// The last step that was taken; 0 where there is nothing of ours.
  func version(_ wire: PostgresWire) throws -> Int {
    try wire.send("schema.known", Self.known, PostgresArguments())
    guard try wire.answers().first?.row(0).integer(0) == 1 else { return 0 }
    try wire.send("schema.found", Self.found, PostgresArguments())
    return Int(try wire.answers().first?.row(0).integer(0) ?? 0)
  }
}
