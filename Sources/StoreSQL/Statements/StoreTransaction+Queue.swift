package import ClaimPipeline
import ClaimsDomain
package import DurableExecution

private enum SQL {
  /// The turn that has been served: the one before the first who waits, or where nobody waits, the last that was given out.
  static let servedTurn = Statement(
    "queue.servedTurn",
    """
    SELECT coalesce(
      (SELECT turn - 1 FROM claim_queue WHERE status = 'waiting' AND priority = $1 ORDER BY turn LIMIT 1),
      (SELECT max(last_turn) FROM queue_turns WHERE priority = $1), 0)
    """)
  static let takeTurns = Statement(
    "queue.takeTurns",
    """
    INSERT INTO queue_turns (payer_id, priority, last_turn) VALUES ($1, $2, CAST($3 AS BIGINT) + CAST($4 AS BIGINT))
    ON CONFLICT (payer_id, priority) DO UPDATE SET last_turn = CAST($4 AS BIGINT) + CASE
      WHEN queue_turns.last_turn > CAST($3 AS BIGINT) THEN queue_turns.last_turn ELSE CAST($3 AS BIGINT) END
    RETURNING last_turn
    """)
  static let keep = Statement(
    "queue.keep",
    """
    INSERT INTO queued_claims (intake_key, payer_id, received_on, body, source, place, submitted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (intake_key) DO NOTHING RETURNING intake_key
    """)
  static let enter = Statement(
    "queue.enter",
    """
    INSERT INTO claim_queue (intake_key, priority, turn, status, attempts, epoch, not_before)
    VALUES ($1, $2, $3, 'waiting', 0, 0, $4)
    """)
  static let lapse = Statement(
    "queue.lapse",
    """
    WITH lapsed AS MATERIALIZED (
      SELECT intake_key FROM claim_queue WHERE status = 'leased' AND lease_expires <= $1 LIMIT $2 \(.skippingLocked))
    UPDATE claim_queue SET status = 'waiting', lease_owner = NULL, lease_expires = NULL
    WHERE intake_key IN (SELECT intake_key FROM lapsed)
    """)
  static let next = Statement(
    "queue.next",
    """
    SELECT attempts FROM claim_queue WHERE status = 'waiting' AND not_before <= $1
    ORDER BY priority DESC, turn, intake_key LIMIT 1 \(.skippingLocked)
    """)
  static let lease = Statement(
    "queue.lease",
    """
    WITH next AS MATERIALIZED (
      SELECT intake_key FROM claim_queue WHERE status = 'waiting' AND not_before <= $1 AND (attempts > 0) = $5
      ORDER BY priority DESC, turn, intake_key LIMIT $2 \(.skippingLocked))
    UPDATE claim_queue SET status = 'leased', epoch = epoch + 1, attempts = attempts + 1, lease_owner = $3, \
    lease_expires = $4
    WHERE intake_key IN (SELECT intake_key FROM next)
    RETURNING intake_key, epoch, attempts, turn
    """)
  static let texts = Statement(
    "queue.texts",
    "SELECT intake_key, received_on, body, source, place FROM queued_claims WHERE intake_key \(oneOf: 1)")
  static let isOurs: DialectText = "intake_key = $1 AND epoch = $2 AND status = 'leased'"
  static let renew = Statement(
    "queue.renew", "UPDATE claim_queue SET lease_expires = $3 WHERE \(isOurs) RETURNING intake_key")
  static let finish = Statement("queue.finish", "DELETE FROM claim_queue WHERE \(isOurs) RETURNING intake_key")
  static let discard = Statement("queue.discard", "DELETE FROM queued_claims WHERE intake_key \(oneOf: 1)")
  static let postpone = Statement(
    "queue.postpone",
    """
    UPDATE claim_queue SET status = 'waiting', lease_owner = NULL, lease_expires = NULL, not_before = $3, \
    attempts = attempts - 1 WHERE \(isOurs)
    """)
  static let setAside = Statement(
    "queue.setAside",
    "UPDATE claim_queue SET status = 'dead', lease_owner = NULL, lease_expires = NULL, reason = $3 WHERE \(isOurs)")
  static let counts = Statement("queue.counts", "SELECT status, count(*) FROM claim_queue GROUP BY status")
  static let dead = Statement(
    "queue.dead",
    """
    SELECT q.intake_key, c.payer_id, q.reason, q.attempts, c.submitted_at
    FROM claim_queue q JOIN queued_claims c ON c.intake_key = q.intake_key WHERE q.status = 'dead'
    ORDER BY c.submitted_at, q.intake_key LIMIT $1
    """)
  static let revive = Statement(
    "queue.revive",
    """
    UPDATE claim_queue SET status = 'waiting', reason = NULL, attempts = 0, not_before = $2
    WHERE intake_key = $1 AND status = 'dead' RETURNING intake_key
    """)
}

/// Claims that take turns after one another.
private struct QueueLine: Hashable {
  let payer: String
  let priority: Int
}

/// What of a queued claim never changes, as far as a worker needs it.
private struct QueuedText {
  let receivedOn: CalendarDate
  let body: [UInt8]
  let source: String
  let place: String

  init(columns: inout Columns<some SQLRow>) throws {
    guard let receivedOn = CalendarDate(parsing: try columns.text()) else {
      throw StoreFailure.corrupt("a queued claim was received on a day that does not exist")
    }
    self.receivedOn = receivedOn
    (body, source, place) = (try columns.bytes(), try columns.text(), try columns.text())
  }
}

extension StoreTransaction {
  package func submit(_ claims: [QueuedClaim]) throws -> Int {
    var new = 0
    // In one order, so that two who submit at the same time wait for each other and do not lock each other out.
    let lines = Dictionary(grouping: claims) { QueueLine(payer: $0.payerID.text, priority: $0.priority) }
      .sorted { ($0.key.priority, $0.key.payer) < ($1.key.priority, $1.key.payer) }
    for (line, claims) in lines {
      let served = try ask(SQL.servedTurn, [.count(line.priority)]) { try $0.integer() }.first ?? 0
      let last = try ask(
        SQL.takeTurns, [.text(line.payer), .count(line.priority), .integer(served), .count(claims.count)]
      ) { try $0.integer() }.first
      guard let last else { throw StoreFailure.corrupt("the queue gives out no turns") }
      let first = last - Int64(claims.count) + 1
      let turns = zip(first..., claims).sorted { $0.1.key < $1.1.key }
      let kept = try ask(SQL.keep, each: turns.map { keepArguments($0.1) }) { try $0.text() }
      let rows = zip(turns, kept).filter { !$0.1.isEmpty }.map { entry, _ -> [SQLValue] in
        [.text(entry.1.key.text), .count(line.priority), .integer(entry.0), .integer(now.microseconds)]
      }
      try run(SQL.enter, rows)
      new += rows.count
    }
    if new > 0 { try session.announceWork() }
    return new
  }

  private func keepArguments(_ claim: QueuedClaim) -> [SQLValue] {
    [
      .text(claim.key.text), .text(claim.payerID.text), .text(claim.receivedOn.description), .bytes(claim.body),
      .text(claim.source), .text(claim.place), .integer(now.microseconds),
    ]
  }

  package func lease(upTo limit: Int, by owner: WorkerID, until: Timestamp) throws -> [LeasedClaim] {
    try run(SQL.lapse, [[.integer(now.microseconds), .count(limit * 4)]])
    guard let attempts = try ask(SQL.next, [.integer(now.microseconds)], { try $0.count() }).first else { return [] }
    let isSuspect = attempts > 0
    let leased = try ask(
      SQL.lease,
      [
        .integer(now.microseconds), .count(isSuspect ? 1 : limit), .text(owner.text), .integer(until.microseconds),
        .flag(isSuspect),
      ]
    ) { columns in
      let lease = QueueLease(key: KeyText(try columns.text()), epoch: Epoch(try columns.integer()))
      return (lease: lease, attempts: try columns.count(), turn: try columns.integer())
    }
    let texts = try texts(of: leased.map(\.lease.key))
    return try leased.sorted { ($0.turn, $0.lease.key) < ($1.turn, $1.lease.key) }.map { leased in
      guard let text = texts[leased.lease.key] else { throw StoreFailure.corrupt("a queued claim has no text") }
      return LeasedClaim(
        lease: leased.lease, receivedOn: text.receivedOn, body: text.body, source: text.source, place: text.place,
        attempts: leased.attempts)
    }
  }

  /// What was submitted, by key.
  private func texts(of keys: [KeyText]) throws -> [KeyText: QueuedText] {
    let texts = try ask(SQL.texts, for: keys.map(\.text)) { columns in
      (KeyText(try columns.text()), try QueuedText(columns: &columns))
    }
    return Dictionary(uniqueKeysWithValues: texts)
  }

  package func renew(_ leases: [QueueLease], until: Timestamp) throws -> Set<KeyText> {
    let kept = try ask(SQL.renew, each: Self.sorted(leases).map { $0.arguments + [.integer(until.microseconds)] }) {
      KeyText(try $0.text())
    }
    return Set(kept.flatMap(\.self))
  }

  package func finish(_ leases: [QueueLease]) throws -> Set<KeyText> {
    let finished = try ask(SQL.finish, each: Self.sorted(leases).map(\.arguments)) { KeyText(try $0.text()) }
    let keys = Set(finished.flatMap(\.self))
    if !keys.isEmpty { try run(SQL.discard, [[.texts(keys.sorted().map(\.text))]]) }
    return keys
  }

  package func postpone(_ leases: [(lease: QueueLease, until: Timestamp)]) throws {
    try run(
      SQL.postpone,
      leases.sorted { $0.lease.key < $1.lease.key }.map {
        $0.lease.arguments + [.integer($0.until.microseconds)]
      })
  }

  package func setAside(_ leases: [(lease: QueueLease, reason: String)]) throws {
    try run(
      SQL.setAside, leases.sorted { $0.lease.key < $1.lease.key }.map { $0.lease.arguments + [.text($0.reason)] })
  }

  package func queueCounts() throws -> QueueCounts {
    let counts = Dictionary(uniqueKeysWithValues: try ask(SQL.counts) { (try $0.text(), try $0.count()) })
    return QueueCounts(
      waiting: counts["waiting"] ?? 0, leased: counts["leased"] ?? 0, dead: counts["dead"] ?? 0)
  }

  package func deadLetters(limit: Int) throws -> [DeadLetter] {
    try ask(SQL.dead, [.count(limit)]) {
      DeadLetter(
        key: KeyText(try $0.text()), payerID: PayerID(try $0.text()), reason: try $0.text(), attempts: try $0.count(),
        submittedAt: Timestamp(microseconds: try $0.integer()))
    }
  }

  package func revive(_ key: KeyText, by person: String, reason: String) throws -> Bool {
    let revived = try ask(SQL.revive, [.text(key.text), .integer(now.microseconds)]) { try $0.text() }
    guard !revived.isEmpty else { return false }
    try write(act: "revive", of: key, by: person, reason: reason)
    try session.announceWork()
    return true
  }

  private static func sorted(_ leases: [QueueLease]) -> [QueueLease] { leases.sorted { $0.key < $1.key } }
}

extension QueueLease {
  fileprivate var arguments: [SQLValue] { [.text(key.text), .integer(epoch.number)] }
}
