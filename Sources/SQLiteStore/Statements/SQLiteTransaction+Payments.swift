package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let columns = """
    payment_id, claim_intake_id, eob_id, effect_key, tracking_id, payee, payee_name, amount_cents, state, transfer_id
    """
  private static let select = "SELECT \(columns) FROM payments WHERE payment_id IN (SELECT value FROM json_each(?))"
  private static let selectTransfers = "SELECT transfer_id FROM payments WHERE transfer_id IS NOT NULL"
  private static let selectOfClaim = "SELECT \(columns) FROM payments WHERE claim_intake_id = ? ORDER BY payment_id"
  private static let insert = "INSERT INTO payments (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
  private static let update = """
    UPDATE payments SET tracking_id = ?, state = ?, transfer_id = ? WHERE payment_id = ? AND amount_cents = ?
    """

  package func payments(_ ids: [PaymentID]) throws -> [PaymentID: PaymentRow] {
    var payments: [PaymentID: PaymentRow] = [:]
    for row in try rows("payments.select", Self.select, in: ids.map(\.text)) {
      let payment = try PaymentRow(row: row)
      payments[payment.id] = payment
    }
    return payments
  }

  package func payments(of claim: ClaimIntakeID) throws -> [PaymentRow] {
    try named("payments.ofClaim") {
      try Row.fetchAll(try database.cachedStatement(sql: Self.selectOfClaim), arguments: [claim.text])
        .map { try PaymentRow(row: $0) }
    }
  }

  /// The bank's numbers of all payments we know of.
  package func transfersOnRecord() throws -> Set<String> {
    try named("payments.transfers") {
      Set(try String.fetchAll(try database.cachedStatement(sql: Self.selectTransfers)))
    }
  }

  package func insert(_ payments: [PaymentRow]) throws {
    try each("payments.insert", Self.insert, payments) {
      [
        $0.id.text, $0.claimID.text, $0.eobID.text, $0.effectKey.text, $0.trackingID?.text, $0.payee.reference,
        $0.payee.name, $0.amount.cents, $0.state.rawValue, $0.transferID,
      ]
    }
  }

  package func update(_ payments: [PaymentRow]) throws {
    try eachChangingOne(
      "payments.update", Self.update, payments,
      { [$0.trackingID?.text, $0.state.rawValue, $0.transferID, $0.id.text, $0.amount.cents] },
      otherwise: { .stale("payment \($0.id)") })
  }
}

extension PaymentRow {
  init(row: Row) throws {
    guard let state = State(rawValue: row["state"]) else {
      throw StoreFailure.corrupt("payment \(row["payment_id"] as String) is in an unknown state")
    }
    self.init(
      id: PaymentID(row["payment_id"]), claimID: ClaimIntakeID(row["claim_intake_id"]), eobID: EOBID(row["eob_id"]),
      effectKey: KeyText(row["effect_key"]), trackingID: (row["tracking_id"] as String?).map(TrackingID.init),
      payee: Payee(reference: row["payee"], name: row["payee_name"]), amount: Money(cents: row["amount_cents"]),
      state: state, transferID: row["transfer_id"])
  }
}
