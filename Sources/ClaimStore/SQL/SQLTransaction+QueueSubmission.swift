package import DurableSQL
import ClaimsDomain
import DurableExecution

private enum SQL {
  /// Whoever submits holds this row to the end of its transaction: of many that do, none adds to what another has not seen.
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
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """)
  static let enter = Statement(
    "queue.enter",
    """
    INSERT INTO claim_queue (intake_key, priority, turn, status, attempts, epoch, not_before)
    VALUES ($1, $2, $3, 'waiting', 0, 0, $4)
    """)
}

/// Claims that take turns after one another.
private struct QueueLine: Hashable {
  let payer: String
  let priority: Int
}

/// What is known of the queue's size without counting.
private struct QueueSize {
  var atMost: Int
  let countedAt: Timestamp

  /// Counting a million takes some tenths of a second; so it is done once in ten, whoever asks and however many.
  /// One that a clock counted that ran ahead says nothing of when.
  func mayBeCounted(at now: Timestamp) -> Bool {
    now >= countedAt.adding(.microseconds(10 * atMost)) || countedAt > now
  }
}

extension SQLTransaction {
  package func submit(_ claims: [QueuedClaim], limit: Int) throws -> QueueSubmission {
    guard !claims.isEmpty else { return QueueSubmission() }
    // In this order: what others have submitted until we had the lock is seen.
    let (sizes, known) = try ask(
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

  /// How many of so many there is room for. What is known is never too small, so that room is there when it says so.
  private func room(for wanted: Int, within limit: Int, _ known: QueueSize) throws -> Int {
    var size = known
    if wanted > limit - size.atMost, size.mayBeCounted(at: now) {
      size.atMost = try ask(SQL.count) { try $0.count() }.first ?? 0
      try run(SQL.counted, [[.count(size.atMost), .integer(now.microseconds)]])
    }
    return max(0, min(wanted, limit - size.atMost))
  }

  private func enter(_ claims: [QueuedClaim]) throws {
    guard !claims.isEmpty else { return }
    try growQueue(by: claims.count)
    let lines = Dictionary(grouping: claims) { QueueLine(payer: $0.payerID.text, priority: $0.priority) }
      .sorted { ($0.key.priority, $0.key.payer) < ($1.key.priority, $1.key.payer) }
    for (line, claims) in lines {
      let first = try takeTurns(claims.count, in: line)
      try run(SQL.keep, claims.map(keepArguments))
      try run(
        SQL.enter,
        zip(first..., claims).map { turn, claim in
          [.text(claim.key.text), .count(line.priority), .integer(turn), .integer(now.microseconds)]
        })
    }
    try session.announceWork()
  }

  /// - Returns: the first of the turns.
  private func takeTurns(_ count: Int, in line: QueueLine) throws -> Int64 {
    let served = try ask(SQL.servedTurn, [.count(line.priority)]) { try $0.integer() }.first ?? 0
    let last = try ask(SQL.takeTurns, [.text(line.payer), .count(line.priority), .integer(served), .count(count)]) {
      try $0.integer()
    }.first
    guard let last else { throw StoreFailure.corrupt("the queue gives out no turns") }
    return last - Int64(count) + 1
  }

  private func keepArguments(_ claim: QueuedClaim) -> [SQLValue] {
    [
      .text(claim.key.text), .text(claim.payerID.text), .text(claim.receivedOn.description), .bytes(claim.body),
      .text(claim.source), .text(claim.place), .integer(now.microseconds),
    ]
  }

  /// For whoever adds claims to those that workers are to take up.
  func growQueue(by count: Int) throws { try run(SQL.grow, [[.count(count)]]) }
}
