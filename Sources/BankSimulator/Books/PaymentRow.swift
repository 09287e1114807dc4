import BankProtocol
import ClaimsDomain
import DurableExecution
import Foundation
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
  /// The payment that this one corrects.
  var corrects: TrackingID?
  var state: PaymentState
  /// The number of the transfer that paid it.
  var outgoing: Int64?
  /// The newest epoch received for the payment.
  var fence: Epoch?
  /// The number of the transfer that brought its money back.
  var returned: Int64?
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
    returned = row[11]
  }

  static let find = """
    SELECT tracking_id, idempotency_key, payee_reference, amount_cents, payer, reference, origin, corrects,
      state, outgoing,
      (SELECT epoch FROM fences WHERE fences.tracking_id = payments.tracking_id
        AND fences.idempotency_key = payments.idempotency_key AND fences.issuer = payments.issuer),
      returned
    FROM payments WHERE tracking_id = ? AND issuer = ?
    """
  /// Inserts nothing if the tracking ID or the idempotency key is taken.
  static let insert = """
    INSERT INTO payments
      (tracking_id, idempotency_key, payee_reference, payee_name, amount_cents, payer, reference, origin, corrects, state,
      issuer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
    """
  /// Whether a payer has a standing payment of an origin by an issuer, other than the payment with this tracking ID.
  ///
  /// Payments and corrections are asked for separately, since each has an index of its own. The indexes are named: SQLite
  /// would rather go through all payments of the issuer, which the primary key begins with.
  static let isPaid = """
    SELECT EXISTS (SELECT 1 FROM payments INDEXED BY one_standing_payment
      WHERE issuer = ?4 AND payer = ?1 AND origin = ?2 AND tracking_id <> ?3 AND state = 'committed'
        AND corrects IS NULL)
    OR EXISTS (SELECT 1 FROM payments INDEXED BY standing_corrections
      WHERE issuer = ?4 AND payer = ?1 AND origin = ?2 AND tracking_id <> ?3 AND state = 'committed'
        AND corrects IS NOT NULL)
    """
  /// The payment that corrects a payment. A payment that was never made, or was returned, corrects nothing.
  static let corrector = "SELECT tracking_id FROM payments WHERE corrects = ? AND issuer = ? AND state = 'committed'"
  static let markCommitted =
    "UPDATE payments SET state = 'committed', outgoing = ? WHERE tracking_id = ? AND issuer = ?"
  static let markVoided =
    "UPDATE payments SET state = 'voided', returned = ?, void_reason = ? WHERE tracking_id = ? AND issuer = ?"
}

/// One row of `responses`: the first response under an idempotency key.
struct StoredResponse {
  var fingerprint: Data
  var response: BankResponse
}

extension StoredResponse: FetchableRecord {
  init(row: Row) throws {
    fingerprint = row[0]
    response = BankResponse(status: row[1], contentType: row[2], body: row[3], isReplay: true)
  }

  static let find = """
    SELECT fingerprint, status, content_type, body FROM responses
    WHERE idempotency_key = ? AND operation = ? AND issuer = ?
    """
  static let insert = """
    INSERT INTO responses (idempotency_key, operation, fingerprint, status, content_type, body, issuer)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """
}

/// The newest epoch that the bank has received for one piece of work: an idempotency key at a tracking ID. Paying and
/// voiding use different keys, so each is fenced separately, and a caller without the key cannot fence the owner.
enum Fence {
  /// Raises the fence to an epoch. A row changes unless the fence is already higher.
  static let raise = """
    INSERT INTO fences (tracking_id, idempotency_key, epoch, issuer) VALUES (?, ?, ?, ?)
    ON CONFLICT (issuer, tracking_id, idempotency_key) DO UPDATE SET epoch = excluded.epoch WHERE excluded.epoch >= epoch
    """
}

/// Every statement that an operation of the bank may run, looked up once for a whole batch.
struct BankStatements {
  let raiseFence: Statement
  let findPayment: Statement
  let insertPayment: Statement
  let isPaid: Statement
  let corrector: Statement
  let markCommitted: Statement
  let markVoided: Statement
  let insertTransfer: Statement
  let findResponse: Statement
  let insertResponse: Statement
  let findReceipt: Statement
  let insertReceipt: Statement
  let findBooking: Statement

  init(_ db: Database) throws {
    raiseFence = try db.cachedStatement(sql: Fence.raise)
    findPayment = try db.cachedStatement(sql: PaymentRow.find)
    insertPayment = try db.cachedStatement(sql: PaymentRow.insert)
    isPaid = try db.cachedStatement(sql: PaymentRow.isPaid)
    corrector = try db.cachedStatement(sql: PaymentRow.corrector)
    markCommitted = try db.cachedStatement(sql: PaymentRow.markCommitted)
    markVoided = try db.cachedStatement(sql: PaymentRow.markVoided)
    insertTransfer = try db.cachedStatement(sql: Transfer.insert)
    findResponse = try db.cachedStatement(sql: StoredResponse.find)
    insertResponse = try db.cachedStatement(sql: StoredResponse.insert)
    findReceipt = try db.cachedStatement(sql: ReceiptSQL.find)
    insertReceipt = try db.cachedStatement(sql: ReceiptSQL.insert)
    findBooking = try db.cachedStatement(sql: ReceiptSQL.booking)
  }
}
