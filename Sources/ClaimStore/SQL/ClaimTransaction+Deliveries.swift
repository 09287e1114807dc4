package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  /// Finds the receivers itself, so that nothing has to be asked before: without receivers it does nothing.
  static let enqueue = Statement(
    "deliveries.enqueue", "\(delivery) FROM \(receivers)",
    forRows: RowsForm("\(delivery) FROM", "CROSS JOIN \(receivers)"))
  private static let delivery: DialectText = """
    INSERT INTO webhook_deliveries (receiver_id, effect_key, event_epoch, type, claim_intake_id, body, status, \
    attempts, epoch, not_before, created_at)
    SELECT receiver_id, \(event), 'waiting', 0, 0, \(DialectText(sqlite: "$6, $6", postgres: "$6::bigint, $6::bigint"))
    """
  private static let event = DialectText(
    sqlite: "$1, $2, $3, $4, $5", postgres: "$1::text, $2::bigint, $3::text, $4::text, $5::bytea")
  private static let receivers: DialectText = "webhook_subscriptions WHERE type IN ('*', $3)"
  static let due = Statement(
    "deliveries.due",
    """
    SELECT r.receiver_id, r.url, r.types, r.added_at FROM webhook_receivers r WHERE r.removed_at IS NULL AND (
      EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.receiver_id = r.receiver_id AND d.status = 'waiting'
        AND (d.not_before <= $1 OR d.not_before > $2))
      OR EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.receiver_id = r.receiver_id AND d.status = 'sending'
        AND (d.lease_expires <= $1 OR d.lease_expires > $1 + 2 * d.lease_length)))
    ORDER BY r.added_at, r.receiver_id
    """)
  /// A lease that ends later than twice its length from now was given by a clock that ran ahead.
  static let lapse = Statement(
    "deliveries.lapse",
    """
    WITH lapsed AS MATERIALIZED (
      SELECT number FROM webhook_deliveries WHERE receiver_id = $1 AND status = 'sending'
      AND (lease_expires <= $2 OR lease_expires > $2 + 2 * lease_length) LIMIT 100 \(.skippingLocked))
    UPDATE webhook_deliveries SET status = 'waiting', lease_owner = NULL, lease_expires = NULL, lease_length = NULL
    WHERE number \(oneOfThese: "SELECT number FROM lapsed")
    """)
  static let lease = Statement(
    "deliveries.lease",
    """
    WITH next AS MATERIALIZED (
      SELECT d.number FROM webhook_deliveries d WHERE d.receiver_id = $1 AND d.status = 'waiting'
      AND (d.not_before <= $2 OR d.not_before > $6)
      AND NOT EXISTS (SELECT 1 FROM webhook_deliveries e WHERE e.receiver_id = d.receiver_id
        AND e.claim_intake_id = d.claim_intake_id AND e.number < d.number AND e.status IN ('waiting', 'sending'))
      ORDER BY d.not_before, d.number LIMIT $3 \(.skippingLocked))
    UPDATE webhook_deliveries SET status = 'sending', epoch = epoch + 1, attempts = attempts + 1, lease_owner = $4, \
    lease_expires = $5, lease_length = CAST($5 AS BIGINT) - CAST($2 AS BIGINT)
    WHERE number \(oneOfThese: "SELECT number FROM next")
    RETURNING number, epoch, receiver_id, effect_key, event_epoch, body, attempts
    """)
  static let isOurs: DialectText = "number = $1 AND epoch = $2 AND status = 'sending'"
  static let free: DialectText = "lease_owner = NULL, lease_expires = NULL, lease_length = NULL"
  static let end = Statement(
    "deliveries.end",
    "UPDATE webhook_deliveries SET status = $3, answer = $4, ended_at = $5, \(free) WHERE \(isOurs)")
  static let retry = Statement(
    "deliveries.retry",
    "UPDATE webhook_deliveries SET status = 'waiting', answer = $3, not_before = $4, \(free) WHERE \(isOurs)")
}

extension ClaimTransaction {
  /// Writes what receivers are to be told of events, in the transaction of the events.
  func enqueue(_ messages: [(event: EffectEvent, message: WebhookMessage)]) throws {
    try besideClaims.run(
      SQL.enqueue,
      messages.map { event, message in
        [
          .text(event.key.text), .integer(event.epoch.number), .text(message.type.rawValue),
          .text(message.claimID.text), .bytes(message.body), .integer(event.at.microseconds),
        ]
      })
  }

  package func dueReceivers() throws -> [WebhookReceiver] {
    try sql.ask(SQL.due, [.integer(try now.microseconds), try tooLate]) { try WebhookReceiver(columns: &$0) }
  }

  /// The time after which no delivery may wait: one that does was put back by a clock that ran ahead.
  private var tooLate: SQLValue {
    get throws { .integer(try now.adding(.seconds(2 * 86_400)).microseconds) }
  }

  package func lease(
    to receiver: WebhookReceiverID, upTo limit: Int, by owner: WorkerID, until: Timestamp
  ) throws -> LeasedDeliveries {
    let now = try now
    try sql.run(SQL.lapse, [[.text(receiver.text), .integer(now.microseconds)]])
    let deliveries = try sql.ask(
      SQL.lease,
      [
        .text(receiver.text), .integer(now.microseconds), .count(limit), .text(owner.text),
        .integer(until.microseconds), try tooLate,
      ]
    ) { try LeasedDelivery(columns: &$0) }
    return LeasedDeliveries(
      deliveries: deliveries.sorted { $0.lease.number < $1.lease.number }, secrets: try secrets(of: receiver), at: now)
  }

  package func record(_ results: [(lease: DeliveryLease, result: DeliveryResult)]) throws {
    let now = try now
    for (lease, result) in results.sorted(by: { $0.lease.number < $1.lease.number }) {
      let ours: [SQLValue] = [.integer(lease.number), .integer(lease.epoch.number)]
      switch result {
      case .made(let words):
        try sql.run(SQL.end, [ours + [.text("delivered"), .text(words), .integer(now.microseconds)]])
      case .dead(let words):
        try sql.run(SQL.end, [ours + [.text("dead"), .text(words), .integer(now.microseconds)]])
      case .failed(let words, let delay):
        try sql.run(SQL.retry, [ours + [.text(words), .integer(now.adding(delay).microseconds)]])
      }
    }
  }
}

extension LeasedDelivery {
  fileprivate init(columns: inout Columns) throws {
    let lease = DeliveryLease(number: try columns.integer(), epoch: Epoch(try columns.integer()))
    let key = KeyText(
      deliveryTo: try columns.text(), ofEventUnder: try columns.text(), epoch: try columns.integer())
    self.init(lease: lease, key: key, body: try columns.bytes(), attempts: try columns.count())
  }
}

extension KeyText {
  /// The business key of a delivery: the receiver and the event, which is named by its effect key and epoch.
  fileprivate init(deliveryTo receiver: String, ofEventUnder effectKey: String, epoch: Int64) {
    self.init(effect: "webhook", segments: [receiver, effectKey, "\(epoch)"])
  }
}

// The view of deliveries for people, and the change that they may make.

private enum DeskSQL {
  static let columns: DialectText = """
    number, receiver_id, effect_key, event_epoch, type, claim_intake_id, status, attempts, answer, created_at
    """
  /// Names the state in the statement itself: the index of dead deliveries is used only then.
  static func list(_ state: WebhookDelivery.State?) -> Statement {
    let condition = state.map { " AND status = '\($0.rawValue)'" } ?? ""
    return Statement(
      "deliveries.list.\(state?.rawValue ?? "all")",
      """
      SELECT \(columns) FROM webhook_deliveries WHERE number < $1 AND ($2 = '' OR receiver_id = $2)\
      \(DialectText(stringLiteral: condition)) ORDER BY number DESC LIMIT $3
      """)
  }
  static let find = Statement(
    "deliveries.find",
    """
    SELECT d.status FROM webhook_deliveries d JOIN webhook_receivers r ON r.receiver_id = d.receiver_id
    WHERE d.number = $1 AND r.removed_at IS NULL
    """)
  static let resend = Statement(
    "deliveries.resend",
    """
    UPDATE webhook_deliveries SET status = 'waiting', attempts = 0, not_before = $2, ended_at = NULL
    WHERE number = $1 AND status IN ('dead', 'delivered') RETURNING receiver_id
    """)
  static let counts = Statement(
    "deliveries.counts",
    """
    SELECT (SELECT count(*) FROM webhook_deliveries WHERE status IN ('waiting', 'sending')),
      (SELECT count(*) FROM webhook_deliveries WHERE status = 'dead')
    """)
  static let tidy = Statement(
    "deliveries.tidy",
    """
    WITH old AS MATERIALIZED (
      SELECT number FROM webhook_deliveries WHERE status = 'delivered' AND ended_at < $1 LIMIT $2 \(.skippingLocked))
    DELETE FROM webhook_deliveries WHERE number \(oneOfThese: "SELECT number FROM old") RETURNING 1
    """)
  static let orphans = Statement(
    "deliveries.orphans",
    """
    UPDATE webhook_deliveries SET status = 'dead', ended_at = $1, answer = 'the receiver was removed'
    WHERE status = 'waiting'
    AND receiver_id IN (SELECT receiver_id FROM webhook_receivers WHERE removed_at IS NOT NULL)
    """)
}

extension ClaimTransaction {
  package func deliveries(
    to receiver: WebhookReceiverID?, in state: WebhookDelivery.State?, before number: Int64?, limit: Int
  ) throws -> [WebhookDelivery] {
    try sql.ask(
      DeskSQL.list(state), [.integer(number ?? .max), .text(receiver?.text ?? ""), .count(limit)]
    ) { try WebhookDelivery(columns: &$0) }
  }

  package func resend(_ number: Int64, by signOff: SignOff) throws -> Bool {
    guard try !sql.ask(DeskSQL.find, [.integer(number)], { try $0.text() }).isEmpty else { throw UnknownDelivery() }
    let receiver = try sql.ask(DeskSQL.resend, [.integer(number), .integer(try now.microseconds)]) {
      WebhookReceiverID(try $0.text())
    }.first
    guard let receiver else { return false }
    let key = KeyText(effect: "webhook", segments: [receiver.text, "\(number)"])
    try write(act: "webhook-resend", of: key, by: signOff, waiving: [])
    return true
  }

  package func deliveryCounts() throws -> (open: Int, dead: Int) {
    try sql.ask(DeskSQL.counts) { (open: try $0.count(), dead: try $0.count()) }.first ?? (0, 0)
  }

  package func tidyDeliveries(madeBefore instant: Timestamp, limit: Int) throws -> Int {
    try sql.run(DeskSQL.orphans, [[.integer(try now.microseconds)]])
    return try sql.ask(DeskSQL.tidy, [.integer(instant.microseconds), .count(limit)]) { try $0.count() }.count
  }
}

extension WebhookDelivery {
  fileprivate init(columns: inout Columns) throws {
    let number = try columns.integer()
    let (receiver, effectKey, epoch) = (try columns.text(), try columns.text(), try columns.integer())
    let (type, claim) = (try columns.text(), ClaimIntakeID(try columns.text()))
    guard let state = State(rawValue: try columns.text()) else {
      throw StoreFailure.corrupt("a delivery is in an unknown state")
    }
    self.init(
      number: number, receiver: WebhookReceiverID(receiver),
      key: KeyText(deliveryTo: receiver, ofEventUnder: effectKey, epoch: epoch), type: type, claimID: claim,
      state: state, attempts: try columns.count(), answer: try columns.textOrNil(),
      createdAt: Timestamp(microseconds: try columns.integer()))
  }
}
