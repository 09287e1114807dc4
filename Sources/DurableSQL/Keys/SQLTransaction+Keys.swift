package import DurableExecution

private enum SQL {
  static let columns = KeyRecord.columns
  static let live = Statement("keys.records", "SELECT \(columns) FROM effect_keys WHERE key \(oneOf: 1)")
  /// Omits the response bytes of the keys in the second list.
  static let liveInPart = Statement(
    "keys.recordsInPart",
    """
    SELECT key, status, fingerprint, CASE WHEN key \(oneOf: 2) THEN NULL ELSE response END, content_type, \
    response_status, response_digest, agent, agent_version, epoch, lease_owner, lease_expires, lease_length, attempts, \
    root_key, parent_key, child_key, lamport, retention, created_at, completed_at, expires_at
    FROM effect_keys WHERE key \(oneOf: 1)
    """)
  static let archived = Statement("keys.archived", "SELECT \(columns) FROM archived_keys WHERE key \(oneOf: 1)")
  static let lastArchived = Statement("keys.lastArchived", "SELECT coalesce(max(sequence), 0) FROM archived_keys")
  static let newlyArchived = Statement(
    "keys.newlyArchived", "SELECT key, sequence FROM archived_keys WHERE sequence > $1 ORDER BY sequence LIMIT $2")
  static let insert = Statement("keys.insert", insertInto: "effect_keys", "\(columns), effect")
  /// Inserts a key that was not looked up. Uniqueness covers the live table; the archive must be queried.
  static let insertUnlooked = Statement(
    "keys.insertUnlooked",
    """
    INSERT INTO effect_keys (\(columns), effect)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
    WHERE NOT EXISTS (SELECT 1 FROM archived_keys WHERE key = $24)
    """)
  /// Compares the status with an argument, for the same reason not with `=`. SQLite knows the other form since 3.39 only.
  static let hasStatus = DialectText(sqlite: "status = $18", postgres: "status IS NOT DISTINCT FROM $18")
  static let replace = Statement(
    "keys.replace", update: "effect_keys",
    set: """
      status = $1, response = $2, content_type = $3, response_status = $4, response_digest = $5, \
      agent = $6, agent_version = $7, epoch = $8, lease_owner = $9, lease_expires = $10, lease_length = $11, \
      attempts = $12, lamport = $13, completed_at = $14, expires_at = $15
      """,
    where: "key = $16 AND epoch = $17 AND \(hasStatus)")
  static let extend = Statement(
    "keys.extend", "UPDATE effect_keys SET expires_at = $1 WHERE key = $2 AND expires_at < $1")
  /// Whether a key is pending: it has an owner exactly then. With `status = 'PENDING'` PostgreSQL may choose the index of
  /// pending keys and read all of them.
  static let isPending: DialectText = "lease_owner IS NOT NULL"
  static let hold = Statement(
    "keys.hold",
    forEach: "SELECT key FROM effect_keys WHERE key = $1 AND epoch = $2 AND \(isPending) \(.locking)")
  static let renew = Statement(
    "keys.renew", update: "effect_keys", set: "lease_expires = $1",
    where: "key = $2 AND epoch = $3 AND \(isPending)", returning: "key")
}

extension SQLTransaction {
  package func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    guard let hints, !keys.isEmpty else { return try lookUpAhead(keys) }
    let (unknown, bodies) = hints.sight(keys)
    var found = try lookUp(unknown, bodies: bodies)
    // Bytes that do not match the recorded digest are read from the store instead.
    let wrong = found.values.filter { bodies[$0.key] != nil && $0.response?.isIntact == false }.map(\.key)
    hints.wasWrong(of: wrong)
    found.merge(try lookUp(wrong)) { $1 }
    hints.note(found.values)
    return found
  }

  package func expect(_ keys: [KeyText]) {
    // With a cache, most keys need no look-up.
    if hints == nil { ahead.expect(keys) }
  }

  /// Looks up the keys that were not looked up ahead.
  private func lookUpAhead(_ keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    let (live, notLive, last, rest) = ahead.take(keys)
    var found = try lookUp(rest)
    for record in live { found[record.key] = record }
    return try addingArchived(to: found, notLive, upTo: last)
  }

  /// The queries that find live keys, and the extent of the archive after them: a key that moves in between has a number
  /// within it.
  func lookUpQueries(_ keys: [KeyText]) -> [SQLQuery] {
    [SQLQuery(SQL.live, [[.texts(keys.map(\.text))]]), SQLQuery(SQL.lastArchived, [[]])]
  }

  /// - Parameter bodies: responses that need not be read, to be checked against their digests.
  private func lookUp(_ keys: [KeyText], bodies: [KeyText: [UInt8]] = [:]) throws -> [KeyText: KeyRecord] {
    var found: [KeyText: KeyRecord] = [:]
    guard !keys.isEmpty else { return found }
    let names = SQLValue.texts(keys.map(\.text))
    let question =
      bodies.isEmpty
      ? Question(SQL.live, [names]) { try KeyRecord(columns: &$0, isArchived: false) }
      : Question(SQL.liveInPart, [names, .texts(bodies.keys.map(\.text))]) {
        try KeyRecord(columns: &$0, isArchived: false, bodies: bodies)
      }
    // The extent of the archive is queried after the live keys: a key that moves in between has a number within it.
    let (live, last) = try ask(question, then: Question(SQL.lastArchived) { try $0.integer() })
    for record in live { found[record.key] = record }
    return try addingArchived(to: found, keys.filter { found[$0] == nil }, upTo: last.first ?? 0)
  }

  /// - Parameters:
  ///   - keys: keys that are not live.
  ///   - last: the last number of the archive when they were looked up.
  private func addingArchived(
    to live: [KeyText: KeyRecord], _ keys: [KeyText], upTo last: Int64
  ) throws -> [KeyText: KeyRecord] {
    var found = live
    let suspects = try maybeArchived(keys, upTo: last)
    for record in try ask(SQL.archived, for: suspects.map(\.text), { try KeyRecord(columns: &$0, isArchived: true) }) {
      found[record.key] = record
    }
    return found
  }

  /// Looks up, before the commit, the keys that the cache reported as new and that nothing was written for.
  ///
  /// - Throws: `StoreFailure.stale` if any of them exists.
  package func proveHints() throws {
    guard let hints, !hints.unproven.isEmpty else { return }
    guard try lookUp(Array(hints.unproven)).isEmpty else { throw StoreFailure.stale("a key") }
    hints.proveAll()
  }

  /// Returns the keys that are worth looking up in the archive, given its last number.
  private func maybeArchived(_ keys: [KeyText], upTo last: Int64) throws -> [KeyText] {
    guard !keys.isEmpty, last > 0 else { return [] }
    // The keys that this transaction has moved are not committed, so the index must not include them.
    guard let archiveIndex, !hasMovedKeys else { return keys }
    if !hasReadArchive {
      try archiveIndex.fill(upTo: last, in: session.incarnation) { reach in
        hasReadArchive = true
        return try ask(SQL.newlyArchived, [.integer(reach), .count(ArchiveIndex.page)]) {
          ArchivedKey(key: KeyText(try $0.text()), sequence: try $0.integer())
        }
      }
    }
    return try archiveIndex.candidates(among: keys, upTo: last, in: session.incarnation)
  }

  package func insert(_ records: [KeyRecord]) throws {
    // Insert in a fixed order, so that two batches with common keys wait for each other without a deadlock.
    ahead.forget(records.lazy.map(\.key))
    let unlooked = hints?.prove(records) ?? []
    let sorted = records.sorted { $0.key < $1.key }
    try run(SQL.insert, sorted.filter { !unlooked.contains($0.key) }.map(\.insertArguments))
    try run(
      SQL.insertUnlooked, sorted.filter { unlooked.contains($0.key) }, { $0.insertArguments + [.text($0.key.text)] },
      orFail: { .fenced($0.key) })
    hints?.note(records)
  }

  package func replace(_ changes: [RecordChange]) throws {
    ahead.forget(changes.lazy.map(\.to.key))
    try run(SQL.replace, changes.sorted { $0.to.key < $1.to.key }, \.arguments) { .fenced($0.to.key) }
    hints?.note(changes.map(\.to))
  }

  package func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws {
    ahead.forget(expiries.lazy.map(\.key))
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
    ahead.forget(leases.lazy.map(\.key))
    return Set(try ask(SQL.renew, each: renewals) { KeyText(try $0.text()) }.flatMap(\.self))
  }
}

extension SQLTransaction {
  package func keys(
    status: KeyStatus?, effect: String?, before record: KeyRecord? = nil, limit: Int
  ) throws -> [KeyRecord] {
    let place: [SQLValue] = [
      .text(optional: effect), .integer(record?.createdAt.microseconds ?? .max),
      .integer(record?.lamport.count ?? .max), .text(record?.key.text ?? ""), .count(limit),
    ]
    // Pending keys are always live.
    let tables: [KeyTable] = status == .pending ? [.live] : [.live, .archive]
    let newest = try tables.flatMap { table in
      try ask(table.newest(status), place) {
        try KeyRecord(columns: &$0, isArchived: table == .archive)
      }
    }
    return newest.sorted { ($0.createdAt, $0.lamport, $0.key) < ($1.createdAt, $1.lamport, $1.key) }.suffix(limit)
  }
}

/// The table that holds a key record.
enum KeyTable {
  case live
  case archive

  private var name: DialectText {
    switch self {
    case .live: "effect_keys"
    case .archive: "archived_keys"
    }
  }

  /// Selects the newest records before a place ($2 to $4), optionally of one effect ($1), up to a limit ($5). The status is part of the text
  /// instead of an argument, so that each status uses the index created for it.
  func newest(_ status: KeyStatus?) -> Statement {
    let wanted: (suffix: String, condition: DialectText) =
      switch status {
      case nil: ("", "TRUE")
      case .pending: ("Pending", "status = 'PENDING'")
      case .completed: ("Completed", "status = 'COMPLETED'")
      case .failed: ("Failed", "status = 'FAILED'")
      }
    return Statement(
      "keys.newest\(wanted.suffix)\(self == .live ? "" : "Archived")",
      """
      SELECT \(KeyRecord.columns) FROM \(name)
      WHERE \(wanted.condition) AND (CAST($1 AS TEXT) IS NULL OR effect = $1)
        AND (created_at, lamport, key) < ($2, $3, $4)
      ORDER BY created_at DESC, lamport DESC, key DESC LIMIT $5
      """)
  }
}
