import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  /// Submitters lock this row until their transaction ends, so that each one sees what the others have added.
  static let size = Statement("queue.size", "SELECT at_most, counted_at FROM queue_size WHERE id = 1 \(.locking)")
  static let count = Statement(
    "queue.count",
    """
    SELECT (SELECT count(*) FROM claim_queue WHERE status = 'waiting')
      + (SELECT count(*) FROM claim_queue WHERE status = 'leased')
    """)
  static let counted = Statement("queue.counted", "UPDATE queue_size SET at_most = $1, counted_at = $2 WHERE id = 1")
  static let grow = Statement("queue.grow", "UPDATE queue_size SET at_most = at_most + $1 WHERE id = 1")
  static let known = Statement("queue.known", "SELECT intake_key FROM claim_queue WHERE intake_key \(oneOf: 1)")
  /// The turn served last: the one before the first waiting claim, or the last one given out if no claim is waiting.
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
    insertInto: "queued_claims",
    "intake_key, payer_id, received_on, body, source, place, submitted_at, traceparent")
  static let enter = Statement(
    "queue.enter",
    insertInto: "claim_queue",
    "intake_key, priority, turn, status, attempts, epoch, not_before")
}

/// The line of claims that take turns one after another.
private struct QueueLine: Hashable {
  let payer: String
  let priority: Int
}

/// What is known of the queue's size without counting.
private struct QueueSize {
  var atMost: Int
  let countedAt: Timestamp

  /// Whether the queue may be counted again. Counting a million claims takes some tenths of a second, so a queue of
  /// that size is counted at most once in ten seconds, however many callers ask. A count time in the future comes from
  /// a clock that ran ahead and is ignored.
  func mayBeCounted(at now: Timestamp) -> Bool {
    now >= countedAt.adding(.microseconds(10 * atMost)) || countedAt > now
  }
}

extension ClaimTransaction {
  package func submit(_ claims: [QueuedClaim], limit: Int) throws -> QueueSubmission {
    guard !claims.isEmpty else { return QueueSubmission() }
    // The order matters: the second question sees everything that others submitted before the lock was obtained.
    let (sizes, known) = try sql.ask(
      Question(SQL.size) { QueueSize(atMost: try $0.count(), countedAt: Timestamp(microseconds: try $0.integer())) },
      then: Question(SQL.known, [.texts(claims.map(\.key.text))]) { KeyText(try $0.text()) })
    guard let size = sizes.first else { throw StoreFailure.corrupt("the queue has no size") }
    var seen = Set(known)
    let new = claims.indices.filter { seen.insert(claims[$0].key).inserted }
    let room = try room(for: new.count, within: limit, size)
    let end = room < new.count ? new[room] : claims.endIndex
    let taken = new.prefix(room).map { claims[$0] }
    try enter(taken)
    return QueueSubmission(
      queued: taken.count, alreadyThere: end - taken.count, withoutRoom: claims.endIndex - end)
  }

  /// How many of the wanted claims fit. The known size is never too small, so any room it reports is available.
  private func room(for wanted: Int, within limit: Int, _ known: QueueSize) throws -> Int {
    var size = known
    let now = try now
    if wanted > limit - size.atMost, size.mayBeCounted(at: now) {
      size.atMost = try sql.ask(SQL.count) { try $0.count() }.first ?? 0
      try sql.run(SQL.counted, [[.count(size.atMost), .integer(now.microseconds)]])
    }
    return max(0, min(wanted, limit - size.atMost))
  }

  private func enter(_ claims: [QueuedClaim]) throws {
    guard !claims.isEmpty else { return }
    try growQueue(by: claims.count)
    let now = try now
    let lines = Dictionary(grouping: claims) { QueueLine(payer: $0.payerID.text, priority: $0.priority) }
      .sorted { ($0.key.priority, $0.key.payer) < ($1.key.priority, $1.key.payer) }
    for (line, claims) in lines {
      let first = try takeTurns(claims.count, in: line)
      try sql.run(SQL.keep, claims.map { keepArguments($0, at: now) })
      try sql.run(
        SQL.enter,
        zip(first..., claims).map { turn, claim in
          [
            .text(claim.key.text), .count(line.priority), .integer(turn), .text("waiting"), .count(0), .count(0),
            .integer(now.microseconds),
          ]
        })
    }
    try sql.session.announceWork()
  }

  /// - Returns: the first of the turns.
  private func takeTurns(_ count: Int, in line: QueueLine) throws -> Int64 {
    let served = try sql.ask(SQL.servedTurn, [.count(line.priority)]) { try $0.integer() }.first ?? 0
    let last = try sql.ask(SQL.takeTurns, [.text(line.payer), .count(line.priority), .integer(served), .count(count)]) {
      try $0.integer()
    }.first
    guard let last else { throw StoreFailure.corrupt("the queue gives out no turns") }
    return last - Int64(count) + 1
  }

  private func keepArguments(_ claim: QueuedClaim, at now: Timestamp) -> [SQLValue] {
    [
      .text(claim.key.text), .text(claim.payerID.text), .text(claim.receivedOn.description), .bytes(claim.body),
      .text(claim.source), .text(claim.place), .integer(now.microseconds), .text(optional: claim.traceparent),
    ]
  }

  /// Adds to the known size; called whenever claims are added to those that workers may lease.
  func growQueue(by count: Int) throws { try sql.run(SQL.grow, [[.count(count)]]) }
}
