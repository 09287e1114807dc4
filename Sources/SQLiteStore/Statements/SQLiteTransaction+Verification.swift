package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import Foundation
import GRDB

// Keys, events and what is left over, as `claims verify` reads them: in the order of an index, a page at a time.
extension SQLiteTransaction {
  private static let claimIDs = """
    SELECT claim_intake_id FROM claims WHERE claim_intake_id > ? ORDER BY claim_intake_id LIMIT ?
    """
  private static let keyColumns = """
    key, effect, status, fingerprint, response, content_type, response_status, response_digest, epoch, lease_owner, \
    lease_expires, completed_at, parent_key, child_key, lamport
    """
  private static let liveKeys = """
    SELECT \(keyColumns), 0 FROM effect_keys WHERE key IN (SELECT value FROM json_each(?))
    """
  private static let archivedKeys = """
    SELECT \(keyColumns), 1 FROM archived_keys WHERE key IN (SELECT value FROM json_each(?))
    """
  private static let isNobodys = """
    NOT EXISTS (SELECT 1 FROM claims WHERE intake_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE effect_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM payments WHERE effect_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM audit_records WHERE effect_key = k.key)
    """
  private static let looseLive = """
    SELECT \(keyColumns), 0 FROM effect_keys k WHERE key > ? AND \(isNobodys) ORDER BY key LIMIT ?
    """
  private static let looseArchived = """
    SELECT \(keyColumns), 1 FROM archived_keys k WHERE key > ? AND \(isNobodys) ORDER BY key LIMIT ?
    """
  private static let retired = """
    SELECT key, response, response_digest FROM retired_keys WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id
    """
  private static let eventColumns = "effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts"
  private static let history = """
    SELECT \(eventColumns) FROM events WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, sequence
    """
  private static let eventsOfKeys = """
    SELECT \(eventColumns) FROM events WHERE effect_key IN (SELECT value FROM json_each(?)) ORDER BY effect_key, epoch
    """
  /// A retired eligibility answer is asked for again by whoever needs it; nobody waits for it.
  private static let counts = """
    SELECT (SELECT count(*) FROM effect_keys) + (SELECT count(*) FROM archived_keys), \
    (SELECT count(*) FROM effect_keys WHERE status = 'PENDING' AND effect <> 'elig'), \
    (SELECT count(*) FROM events), \
    (SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')), \
    (SELECT count(*) FROM accumulator_entries)
    """
  private static let rulesets = "SELECT DISTINCT ruleset FROM decisions ORDER BY ruleset"

  package func claimIDs(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID] {
    try values("verify.claimIDs", Self.claimIDs, [after?.text ?? "", limit]) { ClaimIntakeID($0[0]) }
  }

  package func keyRows(_ keys: [KeyText]) throws -> [KeyRow] {
    let texts = keys.map(\.text)
    return try values("verify.liveKeys", Self.liveKeys, in: texts, KeyRow.init)
      + values("verify.archivedKeys", Self.archivedKeys, in: texts, KeyRow.init)
  }

  package func looseKeys(isArchived: Bool, after: KeyText?, limit: Int) throws -> [KeyRow] {
    try values(
      "verify.looseKeys", isArchived ? Self.looseArchived : Self.looseLive, [after?.text ?? "", limit], KeyRow.init)
  }

  package func retiredAnswers(_ keys: [KeyText]) throws -> [RetiredAnswer] {
    try values("verify.retired", Self.retired, in: keys.map(\.text)) { row in
      RetiredAnswer(key: KeyText(row[0]), response: [UInt8](row[1] as Data), responseDigest: row[2])
    }
  }

  package func history(of streams: [String]) throws -> [EffectEvent] {
    try values("verify.history", Self.history, in: streams, EffectEvent.init)
  }

  package func events(of keys: [KeyText]) throws -> [EffectEvent] {
    try values("verify.events", Self.eventsOfKeys, in: keys.map(\.text), EffectEvent.init)
  }

  package func orphans(_ kind: OrphanKind, limit: Int) throws -> [String] {
    try values("verify.orphans", kind.select, [limit]) { $0[0] }
  }

  package func counts() throws -> StoreCounts {
    let rulesets = try values("verify.rulesets", Self.rulesets, []) { RulesetID($0[0]) }
    let counts = try values("verify.counts", Self.counts, []) { row in
      StoreCounts(
        keys: row[0], pendingKeys: row[1], events: row[2], sagasUnderWay: row[3], accumulatorEntries: row[4],
        rulesets: rulesets)
    }
    guard let counts = counts.first else { throw StoreFailure.corrupt("its tables cannot be counted") }
    return counts
  }
}

extension SQLiteTransaction {
  /// Reads rows one after the other, none of them copied.
  func values<Value>(
    _ name: String, _ sql: String, _ arguments: StatementArguments, _ value: (Row) throws -> Value
  ) throws -> [Value] {
    try named(name) {
      let rows = try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: arguments)
      var values: [Value] = []
      while let row = try rows.next() { values.append(try value(row)) }
      return values
    }
  }

  /// The rows that belong to a list of texts: `… IN (SELECT value FROM json_each(?))`.
  func values<Value>(
    _ name: String, _ sql: String, in texts: [String], _ value: (Row) throws -> Value
  ) throws -> [Value] {
    guard !texts.isEmpty else { return [] }
    let list = String(decoding: try CanonicalJSON.bytes(of: texts), as: UTF8.self)
    return try values(name, sql, [list], value)
  }
}

extension KeyRow {
  fileprivate init(row: Row) {
    self.init(
      key: KeyText(row[0]), effect: row[1], status: KeyStatus(rawValue: row[2]), fingerprint: row[3],
      response: (row[4] as Data?).map { [UInt8]($0) }, contentType: row[5], responseStatus: row[6],
      responseDigest: row[7], epoch: Epoch(row[8]), hasLease: !row.hasNull(atIndex: 9) || !row.hasNull(atIndex: 10),
      isFinished: !row.hasNull(atIndex: 11), parent: row[12], childKey: row[13], lamport: LamportTime(row[14]),
      isArchived: row[15])
  }
}

extension EffectEvent {
  fileprivate init(row: Row) {
    self.init(
      key: KeyText(row[0]), epoch: Epoch(row[1]), stream: row[2], type: row[3], agent: AgentVersion(row[4], row[5]),
      lamport: LamportTime(row[6]), at: Timestamp(microseconds: row[7]), facts: [UInt8](row[8] as Data))
  }
}
