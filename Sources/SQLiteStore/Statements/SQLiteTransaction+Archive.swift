package import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let columns = """
    key, effect, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version, \
    epoch, lease_owner, lease_expires, attempts, root_key, parent_key, child_key, lamport, retention, created_at, \
    completed_at, expires_at
    """
  private static let expired = """
    SELECT key FROM effect_keys WHERE status <> 'PENDING' AND expires_at < ? ORDER BY expires_at LIMIT ?
    """
  private static let copy = "INSERT INTO archived_keys (\(columns)) SELECT \(columns) FROM effect_keys WHERE key = ?"
  private static let delete = "DELETE FROM effect_keys WHERE key = ?"
  private static let copyBack =
    "INSERT INTO effect_keys (\(columns)) SELECT \(columns) FROM archived_keys WHERE key = ?"
  private static let deleteArchived = "DELETE FROM archived_keys WHERE key = ?"

  package func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int {
    let keys = try named("keys.expired") {
      try String.fetchAll(
        try database.cachedStatement(sql: Self.expired), arguments: [instant.microseconds, limit])
    }
    try each("keys.archive", Self.copy, keys) { [$0] }
    try each("keys.unlist", Self.delete, keys) { [$0] }
    return keys.count
  }

  /// Makes those of these keys live again that are in the archive.
  func unarchive(_ keys: [String]) throws {
    try each("keys.unarchive", Self.copyBack, keys) { [$0] }
    try each("keys.forgetArchived", Self.deleteArchived, keys) { [$0] }
  }
}
