package import DurableExecution
import Foundation
import GRDB

extension SQLiteTransaction {
  private static let columns = """
    key, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version, epoch, \
    lease_owner, lease_expires, attempts, root_key, parent_key, child_key, lamport, retention, created_at, \
    completed_at, expires_at
    """

  private static let selectLive = "SELECT \(columns) FROM effect_keys WHERE key IN (SELECT value FROM json_each(?))"
  private static let selectArchived =
    "SELECT \(columns) FROM archived_keys WHERE key IN (SELECT value FROM json_each(?))"
  private static let insert = """
    INSERT INTO effect_keys (\(columns), effect)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let replace = """
    UPDATE effect_keys SET status = ?, response = ?, content_type = ?, response_status = ?, response_digest = ?, \
    agent = ?, agent_version = ?, epoch = ?, lease_owner = ?, lease_expires = ?, attempts = ?, lamport = ?, \
    completed_at = ?, expires_at = ?
    WHERE key = ? AND epoch = ? AND status = ?
    """
  private static let extend = "UPDATE effect_keys SET expires_at = ? WHERE key = ? AND expires_at < ?"
  private static let renew = """
    UPDATE effect_keys SET lease_expires = ? WHERE key = ? AND epoch = ? AND status = 'PENDING'
    """
  private static let list = """
    SELECT \(columns) FROM effect_keys WHERE (? IS NULL OR status = ?) AND (? IS NULL OR effect = ?)
    ORDER BY created_at DESC, lamport DESC LIMIT ?
    """

  package func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    var found: [KeyText: KeyRecord] = [:]
    for row in try rows("keys.records", Self.selectLive, in: keys.map(\.text)) {
      let record = try KeyRecord(row: row, isArchived: false)
      found[record.key] = record
    }
    // Only keys that are not live can be archived, and few are.
    let missing = keys.filter { found[$0] == nil }
    guard !missing.isEmpty, try hasArchive() else { return found }
    for row in try rows("keys.archived", Self.selectArchived, in: missing.map(\.text)) {
      let record = try KeyRecord(row: row, isArchived: true)
      found[record.key] = record
    }
    return found
  }

  package func insert(_ records: [KeyRecord]) throws {
    try each("keys.insert", Self.insert, records) { $0.insertArguments }
  }

  package func replace(_ changes: [RecordChange]) throws {
    try eachChangingOne("keys.replace", Self.replace, changes, { $0.arguments }, otherwise: { .fenced($0.to.key) })
  }

  package func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws {
    try each("keys.extend", Self.extend, expiries) {
      [$0.until.microseconds, $0.key.text, $0.until.microseconds]
    }
  }

  package func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText> {
    try named("keys.renew") {
      let statement = try database.cachedStatement(sql: Self.renew)
      var kept: Set<KeyText> = []
      for lease in leases {
        statement.setUncheckedArguments([until.microseconds, lease.key.text, lease.epoch.number])
        try statement.execute()
        if database.changesCount == 1 { kept.insert(lease.key) }
      }
      return kept
    }
  }

  /// Keys for people to look at, oldest first.
  package func keys(status: KeyStatus?, effect: String?, limit: Int) throws -> [KeyRecord] {
    try named("keys.list") {
      try Row.fetchAll(
        try database.cachedStatement(sql: Self.list),
        arguments: [status?.rawValue, status?.rawValue, effect, effect, limit]
      ).reversed().map { try KeyRecord(row: $0, isArchived: false) }
    }
  }

  private func hasArchive() throws -> Bool {
    try Bool.fetchOne(try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM archived_keys)")) ?? false
  }
}
