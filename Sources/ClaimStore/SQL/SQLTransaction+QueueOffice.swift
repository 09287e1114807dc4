package import DurableSQL
import ClaimsDomain
package import DurableExecution

// What people see of the queue, and the little they may change in it.

private enum SQL {
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

extension SQLTransaction {
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

  package func revive(_ key: KeyText, by signOff: SignOff) throws -> Bool {
    // First, as whoever submits does: two that take it in another order could lock each other out.
    try growQueue(by: 1)
    let revived = try ask(SQL.revive, [.text(key.text), .integer(now.microseconds)]) { try $0.text() }
    guard !revived.isEmpty else { return false }
    try write(act: "revive", of: key, by: signOff, waiving: [])
    try session.announceWork()
    return true
  }
}
