package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let claimIDs = Statement(
    "verify.claimIDs",
    "SELECT claim_intake_id FROM claims WHERE claim_intake_id > $1 ORDER BY claim_intake_id LIMIT $2")
  static let columns: DialectText = """
    key, effect, status, fingerprint, response, content_type, response_status, response_digest, epoch, lease_owner, \
    lease_expires, completed_at, parent_key, child_key, lamport
    """
  static let liveKeys = Statement("verify.liveKeys", "SELECT \(columns) FROM effect_keys WHERE key \(oneOf: 1)")
  static let archivedKeys = Statement(
    "verify.archivedKeys", "SELECT \(columns) FROM archived_keys WHERE key \(oneOf: 1)")
  static let isNobodys: DialectText = """
    NOT EXISTS (SELECT 1 FROM claims WHERE intake_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE effect_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM payments WHERE effect_key = k.key) \
    AND NOT EXISTS (SELECT 1 FROM audit_records WHERE effect_key = k.key)
    """
  static let looseLive = Statement(
    "verify.looseKeys",
    "SELECT \(columns) FROM effect_keys k WHERE key > $1 AND \(isNobodys) ORDER BY key LIMIT $2")
  static let looseArchived = Statement(
    "verify.looseArchivedKeys",
    "SELECT \(columns) FROM archived_keys k WHERE key > $1 AND \(isNobodys) ORDER BY key LIMIT $2")
  static let retired = Statement(
    "verify.retired", "SELECT key, response, response_digest FROM retired_keys WHERE key \(oneOf: 1) ORDER BY id")
  static let eventColumns: DialectText =
    "effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts"
  static let history = Statement(
    "verify.history", "SELECT \(eventColumns) FROM events WHERE stream \(oneOf: 1) ORDER BY stream, sequence")
  static let eventsOfKeys = Statement(
    "verify.events", "SELECT \(eventColumns) FROM events WHERE effect_key \(oneOf: 1) ORDER BY effect_key, epoch")
  /// Retired eligibility keys are not counted as pending: the next claim that needs one asks again, and nothing waits
  /// for it. The same holds for released locks and for HTTP requests that were refused, whose keys stay pending,
  /// and for pages whose answer by a language model was lost, which is not asked for again.
  static let counts = Statement(
    "verify.counts",
    """
    SELECT (SELECT count(*) FROM effect_keys) + (SELECT count(*) FROM archived_keys), \
    (SELECT count(*) FROM effect_keys WHERE status = 'PENDING' AND effect NOT IN ('elig', 'lock', 'http', 'page-model')), \
    (SELECT count(*) FROM events), \
    (SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')), \
    (SELECT count(*) FROM accumulator_entries)
    """)
  static let expiredLeases = Statement(
    "watch.expiredLeases",
    """
    SELECT count(*) FROM effect_keys \
    WHERE status = 'PENDING' AND effect NOT IN ('elig', 'lock', 'http', 'page-model') AND lease_expires < $1
    """)
  static let paidCare: DialectText = """
    FROM decision_lines l JOIN claims c \
    ON c.claim_intake_id = l.claim_intake_id AND c.adjudication_id = l.adjudication_id AND c.status = 'paid' \
    WHERE NOT l.denied AND l.paid_cents > 0
    """
  static let carePaidAgain = Statement(
    "verify.carePaidAgain",
    """
    SELECT l.signature \(paidCare) AND l.signature > $1 \
    GROUP BY l.signature HAVING count(DISTINCT l.claim_intake_id) > 1 ORDER BY l.signature LIMIT $2
    """)
  static let claimsPaid = Statement(
    "verify.claimsPaid",
    """
    SELECT DISTINCT l.signature, l.claim_intake_id \(paidCare) AND l.signature \(oneOf: 1) \
    ORDER BY l.signature, l.claim_intake_id
    """)
  static let rulesets = Statement("verify.rulesets", "SELECT DISTINCT ruleset FROM decisions ORDER BY ruleset")
}

// Keys, events, and orphaned rows, as `claims verify` reads them: in index order, a page at a time.
extension ClaimTransaction {
  package func claimIDs(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID] {
    try sql.ask(SQL.claimIDs, [.text(after?.text ?? ""), .count(limit)]) { ClaimIntakeID(try $0.text()) }
  }

  package func keyRows(_ keys: [KeyText]) throws -> [KeyRow] {
    let texts = keys.map(\.text)
    return try sql.ask(SQL.liveKeys, for: texts) { try KeyRow(columns: &$0, isArchived: false) }
      + sql.ask(SQL.archivedKeys, for: texts) { try KeyRow(columns: &$0, isArchived: true) }
  }

  package func looseKeys(isArchived: Bool, after: KeyText?, limit: Int) throws -> [KeyRow] {
    try sql.ask(isArchived ? SQL.looseArchived : SQL.looseLive, [.text(after?.text ?? ""), .count(limit)]) {
      try KeyRow(columns: &$0, isArchived: isArchived)
    }
  }

  package func retiredAnswers(_ keys: [KeyText]) throws -> [RetiredAnswer] {
    try sql.ask(SQL.retired, for: keys.map(\.text)) {
      RetiredAnswer(key: KeyText(try $0.text()), response: try $0.bytes(), responseDigest: try $0.text())
    }
  }

  package func history(of streams: [String]) throws -> [EffectEvent] {
    try sql.ask(SQL.history, for: streams) { try EffectEvent(columns: &$0) }
  }

  /// Counts the pending keys whose lease expired more than a minute ago and was not taken over.
  package func expiredLeases() throws -> Int {
    try sql.ask(SQL.expiredLeases, [.integer(try now.microseconds - 60_000_000)]) { try $0.count() }.first ?? 0
  }

  package func events(of keys: [KeyText]) throws -> [EffectEvent] {
    try sql.ask(SQL.eventsOfKeys, for: keys.map(\.text)) { try EffectEvent(columns: &$0) }
  }

  package func orphans(_ kind: OrphanKind, limit: Int) throws -> [String] {
    try sql.ask(kind.select, [.count(limit)]) { try $0.text() }
  }

  package func carePaidAgain(after: String?, limit: Int) throws -> [CarePaidAgain] {
    let signatures = try sql.ask(SQL.carePaidAgain, [.text(after ?? ""), .count(limit)]) { try $0.text() }
    let claims = try sql.ask(SQL.claimsPaid, for: signatures) { (try $0.text(), ClaimIntakeID(try $0.text())) }
    let bySignature = Dictionary(grouping: claims, by: \.0)
    return signatures.map { CarePaidAgain(signature: $0, claims: bySignature[$0]?.map(\.1) ?? []) }
  }

  package func counts() throws -> StoreCounts {
    let rulesets = try sql.ask(SQL.rulesets) { RulesetID(try $0.text()) }
    let counts = try sql.ask(SQL.counts) {
      StoreCounts(
        keys: try $0.count(), pendingKeys: try $0.count(), events: try $0.count(), sagasUnderWay: try $0.count(),
        accumulatorEntries: try $0.count(), rulesets: rulesets)
    }
    guard let counts = counts.first else { throw StoreFailure.corrupt("its tables cannot be counted") }
    return counts
  }
}

extension KeyRow {
  fileprivate init(columns: inout Columns, isArchived: Bool) throws {
    let (key, effect) = (KeyText(try columns.text()), try columns.text())
    let (status, fingerprint) = (KeyStatus(rawValue: try columns.text()), try columns.text())
    let (response, contentType) = (try columns.bytesOrNil(), try columns.textOrNil())
    let (responseStatus, digest) = (try columns.integerOrNil().map { Int($0) }, try columns.textOrNil())
    let epoch = Epoch(try columns.integer())
    let (hasNoOwner, hasNoLeaseEnd, isUnfinished) = (columns.isNull(), columns.isNull(), columns.isNull())
    self.init(
      key: key, effect: effect, status: status, fingerprint: fingerprint, response: response,
      contentType: contentType, responseStatus: responseStatus, responseDigest: digest, epoch: epoch,
      hasLease: !hasNoOwner || !hasNoLeaseEnd, isFinished: !isUnfinished, parent: try columns.textOrNil(),
      childKey: try columns.textOrNil(), lamport: LamportTime(try columns.integer()), isArchived: isArchived)
  }
}

extension EffectEvent {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      key: KeyText(try columns.text()), epoch: Epoch(try columns.integer()), stream: try columns.text(),
      type: try columns.text(), agent: AgentVersion(try columns.text(), try columns.text()),
      lamport: LamportTime(try columns.integer()), at: Timestamp(microseconds: try columns.integer()),
      facts: try columns.bytes())
  }
}
