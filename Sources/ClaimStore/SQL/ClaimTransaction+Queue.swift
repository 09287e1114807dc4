import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  /// A lease that ends later than twice its length from now was given by a clock that ran ahead: it is shortened to one
  /// length from now. Only the leases that end last are checked.
  static let correct = Statement(
    "queue.correct",
    """
    WITH latest AS MATERIALIZED (
      SELECT intake_key, lease_expires, lease_length FROM claim_queue WHERE status = 'leased'
      ORDER BY lease_expires DESC LIMIT $2),
    wrong AS MATERIALIZED (
      SELECT intake_key FROM claim_queue WHERE status = 'leased' AND intake_key
      \(oneOfThese: "SELECT intake_key FROM latest WHERE lease_expires > $1 + 2 * lease_length") \(.skippingLocked))
    UPDATE claim_queue SET lease_expires = $1 + lease_length WHERE intake_key \(oneOfThese: "SELECT intake_key FROM wrong")
    """)
  static let lapse = Statement(
    "queue.lapse",
    """
    WITH lapsed AS MATERIALIZED (
      SELECT intake_key FROM claim_queue WHERE status = 'leased' AND lease_expires <= $1 LIMIT $2 \(.skippingLocked))
    UPDATE claim_queue SET status = 'waiting', lease_owner = NULL, lease_expires = NULL, lease_length = NULL
    WHERE intake_key \(oneOfThese: "SELECT intake_key FROM lapsed")
    """)
  static let next = Statement(
    "queue.next",
    """
    SELECT attempts FROM claim_queue WHERE status = 'waiting' AND (not_before <= $1 OR not_before > $2)
    ORDER BY priority DESC, turn, intake_key LIMIT 1 \(.skippingLocked)
    """)
  static let lease = Statement(
    "queue.lease",
    """
    WITH next AS MATERIALIZED (
      SELECT intake_key FROM claim_queue
      WHERE status = 'waiting' AND (not_before <= $1 OR not_before > $6) AND (attempts > 0) = $5
      ORDER BY priority DESC, turn, intake_key LIMIT $2 \(.skippingLocked))
    UPDATE claim_queue SET status = 'leased', epoch = epoch + 1, attempts = attempts + 1, lease_owner = $3, \
    lease_expires = $4, lease_length = CAST($4 AS BIGINT) - CAST($1 AS BIGINT)
    WHERE intake_key \(oneOfThese: "SELECT intake_key FROM next")
    RETURNING intake_key, epoch, attempts, turn
    """)
  static let texts = Statement(
    "queue.texts",
    "SELECT intake_key, received_on, body, source, place, traceparent FROM queued_claims WHERE intake_key \(oneOf: 1)")
  /// Whether a lease is ours. A claim has an owner exactly while it is leased. With `status = 'leased'` PostgreSQL may choose
  /// the index of leases and read all of them.
  static let isOurs: DialectText = "intake_key = $1 AND epoch = $2 AND lease_owner IS NOT NULL"
  static let renew = Statement(
    "queue.renew", update: "claim_queue", set: "lease_expires = $3", where: isOurs, returning: "intake_key")
  static let finish = Statement(
    "queue.finish", deleteFrom: "claim_queue", where: isOurs, returning: "intake_key")
  static let discard = Statement("queue.discard", "DELETE FROM queued_claims WHERE intake_key \(oneOf: 1)")
  static let postpone = Statement(
    "queue.postpone",
    """
    UPDATE claim_queue SET status = 'waiting', lease_owner = NULL, lease_expires = NULL, lease_length = NULL, \
    not_before = $3, attempts = attempts - 1 WHERE \(isOurs)
    """)
  static let setAside = Statement(
    "queue.setAside",
    """
    UPDATE claim_queue SET status = 'dead', lease_owner = NULL, lease_expires = NULL, lease_length = NULL, reason = $3
    WHERE \(isOurs)
    """)
}

/// The unchanging parts of a queued claim that a worker needs.
private struct QueuedText {
  /// Nil if the text is not a valid date.
  let receivedOn: CalendarDate?
  let body: [UInt8]
  let source: String
  let place: String
  let traceparent: String?

  init(columns: inout Columns) throws {
    receivedOn = CalendarDate(parsing: try columns.text())
    (body, source, place) = (try columns.bytes(), try columns.text(), try columns.text())
    traceparent = try columns.textOrNil()
  }
}

extension ClaimTransaction {
  package func lease(upTo limit: Int, by owner: WorkerID, until: Timestamp) throws -> [LeasedClaim] {
    let now = SQLValue.integer(try now.microseconds)
    let tooLate = SQLValue.integer(try self.now.adding(Self.longestPostponement).microseconds)
    try sql.run(SQL.correct, [[now, .count(limit * 4)]])
    try sql.run(SQL.lapse, [[now, .count(limit * 4)]])
    guard let attempts = try sql.ask(SQL.next, [now, tooLate], { try $0.count() }).first else { return [] }
    let isSuspect = attempts > 0
    let leased = try sql.ask(
      SQL.lease,
      [
        now, .count(isSuspect ? 1 : limit), .text(owner.text), .integer(until.microseconds), .flag(isSuspect), tooLate,
      ]
    ) { columns in
      let lease = QueueLease(key: KeyText(try columns.text()), epoch: Epoch(try columns.integer()))
      return (lease: lease, attempts: try columns.count(), turn: try columns.integer())
    }
    let texts = try texts(of: leased.map(\.lease.key))
    let claims = leased.sorted { ($0.turn, $0.lease.key) < ($1.turn, $1.lease.key) }.compactMap { leased in
      texts[leased.lease.key].flatMap { LeasedClaim(leased.lease, $0, attempts: leased.attempts) }
    }
    // Damaged claims go to a person at once, so they do not hold up the claims leased with them.
    let whole = Set(claims.map(\.lease))
    try setAside(
      leased.map(\.lease).filter { !whole.contains($0) }.map { ($0, "what was submitted is gone or damaged") })
    return claims
  }

  /// The submitted claims, by key.
  private func texts(of keys: [KeyText]) throws -> [KeyText: QueuedText] {
    let texts = try sql.ask(SQL.texts, for: keys.map(\.text)) { columns in
      (KeyText(try columns.text()), try QueuedText(columns: &columns))
    }
    return Dictionary(uniqueKeysWithValues: texts)
  }

  package func renew(_ leases: [QueueLease], until: Timestamp) throws -> Set<KeyText> {
    let kept = try sql.ask(SQL.renew, each: Self.sorted(leases).map { $0.arguments + [.integer(until.microseconds)] }) {
      KeyText(try $0.text())
    }
    return Set(kept.flatMap(\.self))
  }

  package func finish(_ leases: [QueueLease]) throws -> Set<KeyText> {
    let finished = try sql.ask(SQL.finish, each: Self.sorted(leases).map(\.arguments)) { KeyText(try $0.text()) }
    let keys = Set(finished.flatMap(\.self))
    if !keys.isEmpty { try sql.run(SQL.discard, [[.texts(keys.sorted().map(\.text))]]) }
    return keys
  }

  package func postpone(_ leases: [(lease: QueueLease, until: Timestamp)]) throws {
    let latest = try now.adding(Self.longestPostponement)
    try sql.run(
      SQL.postpone,
      leases.sorted { $0.lease.key < $1.lease.key }.map {
        $0.lease.arguments + [.integer(min($0.until, latest).microseconds)]
      })
  }

  /// The maximum postponement. A claim due to wait longer was put back by a clock that ran ahead, and waits no more.
  private static var longestPostponement: Duration { .seconds(3_600) }

  package func setAside(_ leases: [(lease: QueueLease, reason: String)]) throws {
    try sql.run(
      SQL.setAside, leases.sorted { $0.lease.key < $1.lease.key }.map { $0.lease.arguments + [.text($0.reason)] })
  }

  private static func sorted(_ leases: [QueueLease]) -> [QueueLease] { leases.sorted { $0.key < $1.key } }
}

extension QueueLease {
  fileprivate var arguments: [SQLValue] { [.text(key.text), .integer(epoch.number)] }
}

extension LeasedClaim {
  /// Nil if the text has no valid date of receipt.
  fileprivate init?(_ lease: QueueLease, _ text: QueuedText, attempts: Int) {
    guard let receivedOn = text.receivedOn else { return nil }
    self.init(
      lease: lease, receivedOn: receivedOn, body: text.body, source: text.source, place: text.place,
      traceparent: text.traceparent, attempts: attempts)
  }
}

// The view of the queue for people, and the few changes they may make to it.

private enum QueueSQL {
  static let counts = Statement("queue.counts", "SELECT status, count(*) FROM claim_queue GROUP BY status")
  static let dead = Statement(
    "queue.dead",
    """
    SELECT q.intake_key, c.payer_id, q.reason, q.attempts, c.submitted_at
    FROM claim_queue q JOIN queued_claims c ON c.intake_key = q.intake_key WHERE q.status = 'dead'
      AND (c.submitted_at, q.intake_key) > ($1, $2) ORDER BY c.submitted_at, q.intake_key LIMIT $3
    """)
  static let revive = Statement(
    "queue.revive",
    """
    UPDATE claim_queue SET status = 'waiting', reason = NULL, attempts = 0, not_before = $2
    WHERE intake_key = $1 AND status = 'dead' RETURNING intake_key
    """)
}

extension ClaimTransaction {
  package func queueCounts() throws -> QueueCounts {
    let counts = Dictionary(uniqueKeysWithValues: try sql.ask(QueueSQL.counts) { (try $0.text(), try $0.count()) })
    return QueueCounts(
      waiting: counts["waiting"] ?? 0, leased: counts["leased"] ?? 0, dead: counts["dead"] ?? 0)
  }

  package func deadLetters(after place: ListPlace?, limit: Int) throws -> [DeadLetter] {
    try sql.ask(QueueSQL.dead, place.arguments + [.count(limit)]) {
      DeadLetter(
        key: KeyText(try $0.text()), payerID: PayerID(try $0.text()), reason: try $0.text(), attempts: try $0.count(),
        submittedAt: Timestamp(microseconds: try $0.integer()))
    }
  }

  package func revive(_ key: KeyText, by signOff: SignOff) throws -> Bool {
    // Grows the queue first, as submission does: taking the locks in another order could cause a deadlock.
    try growQueue(by: 1)
    let revived = try sql.ask(QueueSQL.revive, [.text(key.text), .integer(now.microseconds)]) { try $0.text() }
    guard !revived.isEmpty else { return false }
    try write(act: "revive", of: key, by: signOff, waiving: [])
    try sql.session.announceWork()
    return true
  }
}
