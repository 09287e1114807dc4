package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let add = Statement(
    "webhooks.add",
    """
    INSERT INTO webhook_receivers (receiver_id, url, types, added_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (url) WHERE removed_at IS NULL DO NOTHING RETURNING receiver_id
    """)
  static let subscribe = Statement("webhooks.subscribe", insertInto: "webhook_subscriptions", "type, receiver_id")
  static let columns: DialectText = "receiver_id, url, types, added_at"
  static let receivers = Statement(
    "webhooks.receivers",
    "SELECT \(columns) FROM webhook_receivers WHERE removed_at IS NULL ORDER BY added_at, receiver_id")
  static let remove = Statement(
    "webhooks.remove",
    "UPDATE webhook_receivers SET removed_at = $2 WHERE receiver_id = $1 AND removed_at IS NULL RETURNING receiver_id")
  static let unsubscribe = Statement("webhooks.unsubscribe", "DELETE FROM webhook_subscriptions WHERE receiver_id = $1")
  static let forget = Statement("webhooks.forget", "DELETE FROM webhook_secrets WHERE receiver_id = $1")
  static let drop = Statement(
    "webhooks.drop",
    """
    UPDATE webhook_deliveries SET status = 'dead', ended_at = $2, answer = 'the receiver was removed', \
    lease_owner = NULL, lease_expires = NULL, lease_length = NULL, epoch = epoch + 1
    WHERE receiver_id = $1 AND status IN ('waiting', 'sending')
    """)
  /// Locks the receiver, so that one rotation follows another.
  static let inUse = Statement(
    "webhooks.inUse",
    "SELECT receiver_id FROM webhook_receivers WHERE receiver_id = $1 AND removed_at IS NULL \(.locking)")
  static let addSecret = Statement(
    "webhooks.addSecret",
    """
    INSERT INTO webhook_secrets (receiver_id, number, secret)
    SELECT r.receiver_id, 1 + coalesce((SELECT max(number) FROM webhook_secrets WHERE receiver_id = $1), 0),
      \(DialectText(sqlite: "$2", postgres: "$2::bytea"))
    FROM webhook_receivers r WHERE r.receiver_id = $1
    """)
  static let endSecret = Statement(
    "webhooks.endSecret",
    "UPDATE webhook_secrets SET ends_at = $2 WHERE receiver_id = $1 AND (ends_at IS NULL OR ends_at > $2)")
  static let forgetEnded = Statement(
    "webhooks.forgetEnded", "DELETE FROM webhook_secrets WHERE receiver_id = $1 AND ends_at <= $2")
  static let secrets = Statement(
    "webhooks.secrets",
    """
    SELECT secret FROM webhook_secrets WHERE receiver_id = $1 AND (ends_at IS NULL OR ends_at > $2)
    ORDER BY number DESC
    """)
}

extension ClaimTransaction {
  package func add(_ receiver: WebhookReceiver, secret: [UInt8], by signOff: SignOff) throws -> Bool {
    let added = try sql.ask(
      SQL.add,
      [
        .text(receiver.id.text), .text(receiver.url), .text(receiver.types.text),
        .integer(receiver.addedAt.microseconds),
      ]
    ) { try $0.text() }
    guard !added.isEmpty else { return false }
    let types = receiver.types.isEmpty ? ["*"] : receiver.types.map(\.rawValue).sorted()
    try sql.run(SQL.subscribe, types.map { [.text($0), .text(receiver.id.text)] })
    try sql.run(SQL.addSecret, [[.text(receiver.id.text), .bytes(secret)]])
    try write(act: "webhook-add", of: receiver.id.key, by: signOff, waiving: [])
    return true
  }

  package func receivers() throws -> [WebhookReceiver] {
    try sql.ask(SQL.receivers) { try WebhookReceiver(columns: &$0) }
  }

  package func remove(_ id: WebhookReceiverID, by signOff: SignOff) throws -> Bool {
    let now = SQLValue.integer(try now.microseconds)
    guard try !sql.ask(SQL.remove, [.text(id.text), now], { try $0.text() }).isEmpty else { return false }
    try sql.run(SQL.unsubscribe, [[.text(id.text)]])
    try sql.run(SQL.forget, [[.text(id.text)]])
    try sql.run(SQL.drop, [[.text(id.text), now]])
    try write(act: "webhook-remove", of: id.key, by: signOff, waiving: [])
    return true
  }

  package func rotate(
    _ id: WebhookReceiverID, to secret: [UInt8], olderUntil overlap: Timestamp, by signOff: SignOff
  ) throws -> Int? {
    guard try !sql.ask(SQL.inUse, [.text(id.text)], { try $0.text() }).isEmpty else { return nil }
    let now = SQLValue.integer(try now.microseconds)
    try sql.run(SQL.endSecret, [[.text(id.text), .integer(overlap.microseconds)]])
    try sql.run(SQL.forgetEnded, [[.text(id.text), now]])
    try sql.run(SQL.addSecret, [[.text(id.text), .bytes(secret)]])
    try write(act: "webhook-rotate", of: id.key, by: signOff, waiving: [])
    return try secrets(of: id).count
  }

  /// The secrets that sign now, the newest first.
  func secrets(of id: WebhookReceiverID) throws -> [[UInt8]] {
    try sql.ask(SQL.secrets, [.text(id.text), .integer(try now.microseconds)]) { try $0.bytes() }
  }
}

extension WebhookReceiver {
  init(columns: inout Columns) throws {
    let (id, url, types) = (WebhookReceiverID(try columns.text()), try columns.text(), try columns.text())
    self.init(
      id: id, url: url, types: Set(types.split(separator: " ").compactMap { WebhookEventType(rawValue: String($0)) }),
      addedAt: Timestamp(microseconds: try columns.integer()))
  }
}

extension WebhookReceiverID {
  /// The key under which acts on the receiver are on record.
  var key: KeyText { KeyText(effect: "webhook", segments: [text]) }
}

extension Set<WebhookEventType> {
  fileprivate var text: String { map(\.rawValue).sorted().joined(separator: " ") }
}
