import DurableExecution
import DurableSQL

private enum SQL {
  static let version = Statement("schema.version", "SELECT COALESCE(max(version), 0) FROM schema_migrations")
}

extension ClaimTransaction {
  /// The number of the last schema step that the store has taken. It changes while the store is open if another process
  /// upgrades it, or restores it from a backup.
  package func schemaVersion() throws -> Int { try besideClaims.ask(SQL.version) { try $0.count() }.first ?? 0 }

  /// - Throws: `StoreFailure.newerSchema` if a newer program has upgraded the store since it was opened.
  package func refuseNewerSchema() throws {
    let (found, known) = (try schemaVersion(), SchemaSteps.claims.version)
    guard found <= known else { throw StoreFailure.newerSchema(found: found, known: known) }
  }
}
