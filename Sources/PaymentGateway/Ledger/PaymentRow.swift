import ClaimsDomain
import DurableExecution
import GRDB

/// One row of `payments`.
struct PaymentRow {
  var trackingID: TrackingID
  var idempotencyKey: String
  var payeeReference: String
  var amount: Money
  var payer: PayerID
  var reference: String
  var origin: String
  /// The payment it corrects.
  var corrects: TrackingID?
  var state: PaymentState
  /// The number of the transfer that paid it.
  var outgoing: Int64?
  /// The newest epoch heard for it.
  var fence: Epoch?
}

extension PaymentRow: FetchableRecord {
  init(row: Row) throws {
    trackingID = TrackingID(row[0])
    idempotencyKey = row[1]
    payeeReference = row[2]
    amount = Money(cents: row[3])
    payer = PayerID(row[4])
    reference = row[5]
    origin = row[6]
    corrects = (row[7] as String?).map(TrackingID.init)
    let word: String = row[8]
    guard let state = PaymentState(rawValue: word) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a payment is in the unknown state \(word)")
    }
    self.state = state
    outgoing = row[9]
    fence = (row[10] as Int64?).map(Epoch.init)
  }

  static let find = """
    SELECT tracking_id, idempotency_key, payee_reference, amount_cents, payer, reference, origin, corrects,
      state, outgoing,
      (SELECT epoch FROM fences WHERE fences.tracking_id = payments.tracking_id
        AND fences.idempotency_key = payments.idempotency_key)
    FROM payments WHERE tracking_id = ?
    """
  /// Nothing is inserted when the tracking id or the idempotency key is taken.
  static let insert = """
    INSERT INTO payments
      (tracking_id, idempotency_key, payee_reference, payee_name, amount_cents, payer, reference, origin, corrects, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
    """
  /// Whether a payer has a standing payment of an origin, besides the payment with this tracking id.
  static let isPaid = """
    SELECT EXISTS (SELECT 1 FROM payments
      WHERE payer = ? AND origin = ? AND tracking_id <> ? AND state = 'committed')
    """
  /// One that was never made, or came back, corrects nothing.
  static let corrector = "SELECT tracking_id FROM payments WHERE corrects = ? AND state = 'committed'"
  static let markCommitted = "UPDATE payments SET state = 'committed', outgoing = ? WHERE tracking_id = ?"
  static let markVoided = "UPDATE payments SET state = 'voided', returned = ?, void_reason = ? WHERE tracking_id = ?"
}
