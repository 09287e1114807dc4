package import DurableExecution

private enum SQL {
  static let columns: DialectText = """
    key, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version, epoch, \
    lease_owner, lease_expires, attempts, root_key, parent_key, child_key, lamport, retention, created_at, \
    completed_at, expires_at
    """
  static let live = Statement("keys.records", "SELECT \(columns) FROM effect_keys WHERE key \(oneOf: 1)")
  static let archived = Statement("keys.archived", "SELECT \(columns) FROM archived_keys WHERE key \(oneOf: 1)")
  static let hasArchive = Statement("keys.hasArchive", "SELECT EXISTS (SELECT 1 FROM archived_keys)")
  static let insert = Statement(
    "keys.insert",
    """
    INSERT INTO effect_keys (\(columns), effect)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
    """)
  static let replace = Statement(
    "keys.replace",
    """
    UPDATE effect_keys SET status = $1, response = $2, content_type = $3, response_status = $4, response_digest = $5, \
    agent = $6, agent_version = $7, epoch = $8, lease_owner = $9, lease_expires = $10, attempts = $11, lamport = $12, \
    completed_at = $13, expires_at = $14
    WHERE key = $15 AND epoch = $16 AND status = $17
    """)
  static let extend = Statement(
    "keys.extend", "UPDATE effect_keys SET expires_at = $1 WHERE key = $2 AND expires_at < $1")
  static let hold = Statement(
    "keys.hold",
    "SELECT key FROM effect_keys WHERE key = $1 AND epoch = $2 AND status = 'PENDING' \(.locking)")
  static let renew = Statement(
    "keys.renew",
    "UPDATE effect_keys SET lease_expires = $1 WHERE key = $2 AND epoch = $3 AND status = 'PENDING' RETURNING key")
  static let list = Statement(
    "keys.list",
    """
    SELECT \(columns) FROM effect_keys
    WHERE (CAST($1 AS TEXT) IS NULL OR status = $1) AND (CAST($2 AS TEXT) IS NULL OR effect = $2)
    ORDER BY created_at DESC, lamport DESC LIMIT $3
    """)
}

extension StoreTransaction {
  package func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    var found: [KeyText: KeyRecord] = [:]
    for record in try ask(SQL.live, for: keys.map(\.text), { try KeyRecord(columns: &$0, isArchived: false) }) {
      found[record.key] = record
    }
    // Only keys that are not live can be archived, and few are.
    let missing = keys.filter { found[$0] == nil }
    guard !missing.isEmpty, try hasArchive() else { return found }
    for record in try ask(SQL.archived, for: missing.map(\.text), { try KeyRecord(columns: &$0, isArchived: true) }) {
      found[record.key] = record
    }
    return found
  }

  private func hasArchive() throws -> Bool { try ask(SQL.hasArchive) { try $0.flag() }.first ?? false }

  package func insert(_ records: [KeyRecord]) throws {
    // In one order, so that two batches with keys in common wait for each other and do not lock each other out.
    try run(SQL.insert, records.sorted { $0.key < $1.key }.map(\.insertArguments))
  }

  package func replace(_ changes: [RecordChange]) throws {
    try run(SQL.replace, changes.sorted { $0.to.key < $1.to.key }, \.arguments) { .fenced($0.to.key) }
  }

  package func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws {
    try run(
      SQL.extend,
      expiries.sorted { $0.key < $1.key }.map { [.integer($0.until.microseconds), .text($0.key.text)] })
  }

  package func hold(_ leases: [(key: KeyText, epoch: Epoch)]) throws -> Set<KeyText> {
    let questions = leases.sorted { $0.key < $1.key }.map { [SQLValue.text($0.key.text), .integer($0.epoch.number)] }
    return Set(try ask(SQL.hold, each: questions) { KeyText(try $0.text()) }.flatMap(\.self))
  }

  package func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText> {
    let renewals = leases.sorted { $0.key < $1.key }.map {
      [SQLValue.integer(until.microseconds), .text($0.key.text), .integer($0.epoch.number)]
    }
    return Set(try ask(SQL.renew, each: renewals) { KeyText(try $0.text()) }.flatMap(\.self))
  }

  package func keys(status: KeyStatus?, effect: String?, limit: Int) throws -> [KeyRecord] {
    try ask(SQL.list, [.text(optional: status?.rawValue), .text(optional: effect), .count(limit)]) {
      try KeyRecord(columns: &$0, isArchived: false)
    }.reversed()
  }
}
