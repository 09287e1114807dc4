import BankProtocol
package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let select = Statement(
    "payments.select", "SELECT \(PaymentRow.columns) FROM payments WHERE payment_id \(oneOf: 1)")
  static let transfers = Statement(
    "payments.transfers", "SELECT transfer_id FROM payments WHERE transfer_id IS NOT NULL")
  static let insert = Statement("payments.insert", insertInto: "payments", PaymentRow.columns)
  static let update = Statement(
    "payments.update", update: "payments",
    set: "tracking_id = $1, state = $2, transfer_id = $3, receipt = $6, return_receipt = $7",
    where: "payment_id = $4 AND amount_cents = $5")
  static let withheld = Statement(
    "payments.withheld",
    """
    UPDATE payments SET withheld_step = (SELECT step FROM payee_balances b WHERE b.payee = payments.payee)
    WHERE payment_id = $1
    """)
  static let reversed = Statement(
    "payments.reversed",
    """
    UPDATE payments SET reversed_step = (SELECT step FROM payee_balances b WHERE b.payee = payments.payee)
    WHERE payment_id = $1
    """)
}

extension ClaimTransaction {
  package func payments(_ ids: [PaymentID]) throws -> [PaymentID: PaymentRow] {
    let payments = try besideClaims.ask(SQL.select, for: ids.map(\.text)) { try PaymentRow(columns: &$0) }
    return Dictionary(uniqueKeysWithValues: payments.map { ($0.id, $0) })
  }

  /// Finds the payments of a claim, or the one payment with an ID.
  ///
  /// - Parameter name: a payment ID, a claim intake ID, or a provider's claim number.
  package func payments(named name: String) throws -> [PaymentRow] {
    let payment = PaymentID(name)
    if let found = try payments([payment])[payment] { return [found] }
    return try payments(of: try claims(named: name).map(\.id))
  }

  package func transfersOnRecord() throws -> Set<String> { Set(try besideClaims.ask(SQL.transfers) { try $0.text() }) }

  package func insert(_ payments: [PaymentRow]) throws {
    try afterInserts.run(
      SQL.insert,
      payments.sorted { $0.claimID.text < $1.claimID.text }.map {
        [
          .text($0.id.text), .text($0.claimID.text), .text($0.eobID.text), .text($0.effectKey.text),
          .text(optional: $0.trackingID?.text), .text($0.payee.reference), .text($0.payee.name),
          .integer($0.amount.cents), .integer($0.interest.cents), .text(optional: $0.late?.first.description),
          .text(optional: $0.late?.last.description), .integer($0.withheld.cents), .text($0.state.rawValue),
          .text(optional: $0.transferID), .text(optional: $0.receipt), .text(optional: $0.returnReceipt),
        ]
      })
    try afterInserts.run(SQL.withheld, payments.filter { $0.withheld > .zero }.map { [.text($0.id.text)] })
  }

  package func update(_ payments: [PaymentRow]) throws {
    try afterInserts.run(
      SQL.update, payments,
      {
        [
          .text(optional: $0.trackingID?.text), .text($0.state.rawValue), .text(optional: $0.transferID),
          .text($0.id.text), .integer($0.amount.cents), .text(optional: $0.receipt),
          .text(optional: $0.returnReceipt),
        ]
      }, orFail: { .stale("payment \($0.id)") })
    try afterInserts.run(SQL.reversed, payments.filter { $0.state == .reversed }.map { [.text($0.id.text)] })
  }
}

extension PaymentRow {
  static let columns: DialectText = """
    payment_id, claim_intake_id, eob_id, effect_key, tracking_id, payee, payee_name, amount_cents, interest_cents, late_from, \
    late_through, withheld_cents, state, transfer_id, receipt, return_receipt
    """

  init(columns: inout Columns) throws {
    let id = PaymentID(try columns.text())
    let (claim, eob, key) = (try columns.text(), try columns.text(), try columns.text())
    let trackingID = try columns.textOrNil().map(TrackingID.init)
    let payee = Payee(reference: try columns.text(), name: try columns.text())
    let (amount, interest) = (try columns.cents(), try columns.cents())
    let late = try DateRange(columns: &columns, of: id)
    let withheld = try columns.cents()
    guard let state = State(rawValue: try columns.text()) else {
      throw StoreFailure.corrupt("payment \(id) is in an unknown state")
    }
    self.init(
      id: id, claimID: ClaimIntakeID(claim), eobID: EOBID(eob), effectKey: KeyText(key), trackingID: trackingID,
      payee: payee, amount: amount, interest: interest, late: late, withheld: withheld, state: state,
      transferID: try columns.textOrNil(), receipt: try columns.textOrNil(), returnReceipt: try columns.textOrNil())
  }
}

extension DateRange {
  /// The days by which a payment is late.
  fileprivate init?(columns: inout Columns, of payment: PaymentID) throws {
    let (from, through) = (try columns.textOrNil(), try columns.textOrNil())
    guard let from, let through else { return nil }
    guard let first = CalendarDate(parsing: from), let last = CalendarDate(parsing: through),
      let days = DateRange(first, through: last)
    else { throw StoreFailure.corrupt("payment \(payment) is late on days that do not exist") }
    self = days
  }
}

private enum BalancesSQL {
  static let owed = Statement(
    "balances.owed", "SELECT payee, owed_cents FROM payee_balances WHERE owed_cents > 0 AND payee \(oneOf: 1)")
  static let owe = Statement(
    "balances.owe",
    """
    INSERT INTO payee_balances (payee, owed_cents, step) VALUES ($1, $2, 1)
    ON CONFLICT (payee) DO UPDATE
    SET owed_cents = payee_balances.owed_cents + excluded.owed_cents, step = payee_balances.step + 1
    """)
  static let recover = Statement(
    "balances.recover",
    """
    UPDATE payee_balances SET owed_cents = owed_cents - $1, step = step + 1 WHERE payee = $2 AND owed_cents >= $3
    """)
}

extension Question where Value == (String, Money) {
  /// What payees owe. Payees who owe nothing are absent.
  static func owed(by payees: [String]) -> Question {
    Question(BalancesSQL.owed, [.texts(payees)]) { (try $0.text(), try $0.cents()) }
  }
}

extension ClaimTransaction {
  package func owed(by payees: [String]) throws -> [String: Money] {
    Dictionary(
      uniqueKeysWithValues: try besideClaims.ask(BalancesSQL.owed, for: payees) { (try $0.text(), try $0.cents()) })
  }

  package func owe(_ balances: [PayeeBalance]) throws {
    try afterInserts.run(BalancesSQL.owe, try balances.summed().map { [.text($0.payee), .integer($0.owed.cents)] })
  }

  package func recover(_ balances: [PayeeBalance]) throws {
    try afterInserts.run(
      BalancesSQL.recover, try balances.summed(),
      { [.integer($0.owed.cents), .text($0.payee), .integer($0.owed.cents)] },
      orFail: { _ in .stale("what a payee owes") })
  }
}
