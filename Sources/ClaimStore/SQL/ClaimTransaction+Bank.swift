package import BankProtocol
package import ClaimsDomain
import DurableExecution
import DurableSQL
package import Signatures

private enum SQL {
  static let link = Statement("bank.link", "SELECT bank_id, address, accounted_through, bank_key FROM bank_link")
  static let insert = Statement(
    "bank.insert",
    """
    INSERT INTO bank_link (id, bank_id, address, accounted_through, bank_key) VALUES (1, $1, $2, 0, $3)
    ON CONFLICT DO NOTHING
    """)
  static let pin = Statement("bank.pin", "UPDATE bank_link SET bank_key = $1 WHERE bank_key IS NULL")
  static let note = Statement("bank.note", "UPDATE bank_link SET address = $1 WHERE address <> $1")
  static let account = Statement(
    "bank.account", "UPDATE bank_link SET accounted_through = $1 WHERE accounted_through < $1")
  static let paid = Statement(
    "bank.paid",
    "SELECT tracking_id, payment_id, state FROM payments WHERE tracking_id \(oneOf: 1) AND state <> 'refused'")
  static let newest = Statement(
    "bank.newest",
    """
    SELECT transfer_id, claim_intake_id FROM payments WHERE state IN ('paid', 'reversed') AND transfer_id IS NOT NULL
    ORDER BY length(transfer_id) DESC, transfer_id DESC LIMIT 1
    """)
  static let kept = Statement("bank.kept", "SELECT number FROM found_transfers WHERE tracking_id \(oneOf: 1)")
  static let anyPayment = Statement(
    "bank.any-payment", "SELECT payment_id FROM payments WHERE tracking_id IS NOT NULL LIMIT 1")
  static let keep = Statement(
    "bank.keep",
    """
    INSERT INTO found_transfers (number, transfer_id, tracking_id, amount_cents, payer_id, payee, claim_intake_id,
      origin)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
    """)
  static let found = Statement(
    "bank.found",
    "SELECT \(BankTransfer.columns) FROM found_transfers WHERE claim_intake_id \(oneOf: 1) ORDER BY number")
  static let ofOrigins = Statement(
    "bank.of-origins",
    """
    SELECT \(BankTransfer.columns) FROM found_transfers f
    WHERE origin \(oneOf: 1) AND amount_cents > 0
      AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.tracking_id = f.tracking_id AND p.state <> 'refused')
      AND NOT EXISTS (SELECT 1 FROM found_transfers b WHERE b.tracking_id = f.tracking_id AND b.amount_cents < 0)
    ORDER BY number
    """)
  static let lock = Statement(
    "bank.lock",
    "SELECT \(BankTransfer.columns) FROM found_transfers WHERE claim_intake_id \(oneOf: 1) ORDER BY number \(.locking)")
  static let named = Statement(
    "bank.named", "SELECT \(BankTransfer.columns) FROM found_transfers WHERE transfer_id = $1 ORDER BY number LIMIT 1")
  static let unaccounted = Statement(
    "bank.unaccounted",
    """
    SELECT \(BankTransfer.columns) FROM found_transfers f
    WHERE number > $1 AND CASE WHEN amount_cents > 0
      THEN NOT EXISTS (SELECT 1 FROM payments p WHERE p.tracking_id = f.tracking_id AND p.state <> 'refused')
        AND (NOT EXISTS (SELECT 1 FROM found_transfers b WHERE b.tracking_id = f.tracking_id AND b.amount_cents < 0)
          OR EXISTS (SELECT 1 FROM payments r JOIN effect_keys k ON k.key = r.effect_key
            WHERE r.claim_intake_id = f.claim_intake_id AND r.state = 'refused' AND k.status = 'FAILED'
              AND NOT EXISTS (SELECT 1 FROM payments s WHERE s.claim_intake_id = f.claim_intake_id
                AND s.state IN ('intended', 'paid', 'nothing-due'))))
      ELSE EXISTS (
        SELECT 1 FROM payments p WHERE p.tracking_id = f.tracking_id AND p.state IN ('intended', 'paid')) END
    ORDER BY number LIMIT $2
    """)
}

extension ClaimTransaction {
  package func bankLink() throws -> BankLink? {
    try besideClaims.ask(SQL.link) { columns in
      BankLink(
        bank: BankID(try columns.text()), address: .init(parsing: try columns.text()),
        accountedThrough: try columns.integer(), key: try columns.textOrNil().map(VerifyingKey.init(onRecord:)))
    }.first
  }

  package func link(to bank: BankLink) throws {
    try besideClaims.run(
      SQL.insert, [[.text(bank.bank.text), .text(bank.address.description), .text(optional: bank.key?.text)]])
    guard let linked = try bankLink() else { throw StoreFailure.corrupt("the store's bank is not on record") }
    guard linked.bank == bank.bank else {
      throw OtherBank(linked: linked.bank, given: bank.bank)
    }
    guard bank.key == nil || linked.key == nil || linked.key == bank.key else {
      throw OtherBank(linked: linked.bank, given: bank.bank)
    }
  }

  package func pin(_ key: VerifyingKey) throws { try besideClaims.run(SQL.pin, [[.text(key.text)]]) }

  package func note(_ address: BankLink.Address) throws {
    try besideClaims.run(SQL.note, [[.text(address.description)]])
  }

  package func account(through transfer: Int64) throws { try besideClaims.run(SQL.account, [[.integer(transfer)]]) }

  package func accountedFor(among transfers: [BankTransfer]) throws -> Set<Int64> {
    let ids = Set(transfers.map(\.trackingID))
    let texts = ids.map(\.text)
    let payments = Dictionary(
      uniqueKeysWithValues: try besideClaims.ask(SQL.paid, for: texts) {
        (TrackingID(try $0.text()), (id: PaymentID(try $0.text()), state: try $0.text()))
      })
    let kept = try besideClaims.ask(SQL.kept, for: texts) { try $0.integer() }
    let returns =
      ids.map { KeyText(effect: EffectName.return, segments: [$0.text]) }
      + payments.values.map { KeyText(effect: EffectName.void, segments: [$0.id.text]) }
    // A return that the bank refused brought nothing back. If money did come back, another party arranged it.
    let taking = try records(for: returns).filter { $0.value.status != .failed }
    return Set(kept).union(
      transfers.filter { transfer in
        let payment = payments[transfer.trackingID]
        guard transfer.amount.isNegative else { return payment != nil }
        return payment?.state == PaymentRow.State.voided.rawValue
          || taking[KeyText(effect: EffectName.return, segments: [transfer.trackingID.text])] != nil
          || payment.map { taking[KeyText(effect: EffectName.void, segments: [$0.id.text])] != nil } ?? false
      }.map(\.number))
  }

  package func newestPayment() throws -> (transferID: String, claim: ClaimIntakeID)? {
    try besideClaims.ask(SQL.newest) { (transferID: try $0.text(), claim: ClaimIntakeID(try $0.text())) }.first
  }

  package func hasPayments() throws -> Bool { try !besideClaims.ask(SQL.anyPayment) { try $0.text() }.isEmpty }

  package func keep(found transfers: [BankTransfer]) throws {
    try besideClaims.run(
      SQL.keep,
      transfers.map { transfer in
        [
          .integer(transfer.number), .text(transfer.id), .text(transfer.trackingID.text),
          .integer(transfer.amount.cents), .text(transfer.payer.text), .text(transfer.payee), .text(transfer.reference),
          .text(transfer.origin),
        ]
      })
  }

  package func foundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer] {
    try besideClaims.ask(SQL.found, for: claims.map(\.text)) { try BankTransfer(columns: &$0) }
  }

  package func openTransfers(ofOrigins origins: [ClaimIntakeID]) throws -> [BankTransfer] {
    try besideClaims.ask(SQL.ofOrigins, for: origins.map(\.text)) { try BankTransfer(columns: &$0) }
  }

  package func lockFoundTransfers(for claims: [ClaimIntakeID]) throws -> [BankTransfer] {
    try besideClaims.ask(SQL.lock, for: claims.map(\.text)) { try BankTransfer(columns: &$0) }
  }

  package func lookBeforePaying(_ claims: [ClaimIntakeID], to payees: [String]) throws -> PayingLook {
    // Whoever puts a payee on hold waits until this transaction ends; after that, it is seen here.
    if !payees.isEmpty { try besideClaims.session.lock([LockName.payeeHolds], .shared) }
    let (found, owed, onHold) = try besideClaims.ask(
      Question(SQL.lock, [.texts(claims.map(\.text))]) { try BankTransfer(columns: &$0) }, then: .owed(by: payees),
      .onHold(among: payees))
    return PayingLook(found: found, owed: Dictionary(uniqueKeysWithValues: owed), onHold: Set(onHold))
  }

  package func foundTransfer(named id: String) throws -> BankTransfer? {
    try besideClaims.ask(SQL.named, [.text(id)]) { try BankTransfer(columns: &$0) }.first
  }

  package func unaccountedTransfers(after number: Int64, limit: Int) throws -> [BankTransfer] {
    try besideClaims.ask(SQL.unaccounted, [.integer(number), .integer(Int64(limit))]) { try BankTransfer(columns: &$0) }
  }
}

extension VerifyingKey {
  fileprivate init(onRecord text: String) throws(StoreFailure) {
    do {
      self = try VerifyingKey(parsing: text)
    } catch {
      throw .corrupt("the key of the store's bank is not a key")
    }
  }
}

extension BankTransfer {
  fileprivate static let columns: DialectText =
    "number, transfer_id, tracking_id, amount_cents, payer_id, payee, claim_intake_id, origin"

  fileprivate init(columns: inout Columns) throws {
    self.init(
      number: try columns.integer(), id: try columns.text(), trackingID: TrackingID(try columns.text()),
      amount: try columns.cents(), payer: PayerID(try columns.text()), payee: try columns.text(),
      reference: try columns.text(), origin: try columns.text())
  }
}
