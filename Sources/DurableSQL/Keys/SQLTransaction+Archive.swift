package import DurableExecution

private enum SQL {
  static let columns: DialectText = """
    key, effect, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version, \
    epoch, lease_owner, lease_expires, lease_length, attempts, root_key, parent_key, child_key, lamport, retention, created_at, \
    completed_at, expires_at
    """
  static let expired = Statement(
    "keys.expired",
    "SELECT key FROM effect_keys WHERE status <> 'PENDING' AND expires_at < $1 ORDER BY expires_at LIMIT $2")
  static let copy = Statement(
    "keys.archive", "INSERT INTO archived_keys (\(columns)) SELECT \(columns) FROM effect_keys WHERE key = $1")
  static let delete = Statement("keys.unlist", "DELETE FROM effect_keys WHERE key = $1")
  static let copyBack = Statement(
    "keys.unarchive", "INSERT INTO effect_keys (\(columns)) SELECT \(columns) FROM archived_keys WHERE key = $1")
  static let deleteArchived = Statement("keys.forgetArchived", "DELETE FROM archived_keys WHERE key = $1")
}

extension SQLTransaction {
  /// Holds a lock until the commit, so that the numbers of archived keys become visible in order. A transaction that
  /// sees one number sees all earlier ones that still exist, and `ArchiveIndex` depends on this. A database with one
  /// writer at a time ensures it anyway.
  package func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int {
    try session.lock(["archive"], .exclusive)
    hasMovedKeys = true
    ahead.forgetAll()
    let keys = try ask(SQL.expired, [.integer(instant.microseconds), .count(limit)]) { try $0.text() }
    try run(SQL.copy, keys.map { [.text($0)] })
    try run(SQL.delete, keys.map { [.text($0)] })
    return keys.count
  }

  /// Moves the archived ones among these keys back to the live table.
  package func unarchive(_ keys: [String]) throws {
    guard !keys.isEmpty else { return }
    hasMovedKeys = true
    ahead.forgetAll()
    try session.lock(["archive"], .exclusive)
    try run(SQL.copyBack, keys.map { [.text($0)] })
    try run(SQL.deleteArchived, keys.map { [.text($0)] })
  }
}
