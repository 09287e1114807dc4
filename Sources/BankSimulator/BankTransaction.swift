import BankProtocol
import ClaimsDomain
import DurableExecution
import Foundation
import GRDB
import Signatures

/// One transaction on the bank's books, with what all its operations share: the fence and the stored responses.
struct BankTransaction {
  let db: Database
  private(set) var statements: BankStatements
  let refusedPayees: Set<String>
  let bank: BankID
  /// The key that the bank signs receipts with.
  let signer: SigningKey?
  /// Who orders. Everything of other issuers is unknown to this transaction.
  let issuer: Issuer

  /// Runs one request of a batch by itself. A request that the database rejects leaves nothing behind, and the others
  /// go on.
  mutating func alone(
    orRefuse problem: BankProblem, _ operation: (BankTransaction) throws -> BankResponse
  ) throws -> BankResponse {
    var response: BankResponse?
    do {
      try db.inSavepoint {
        response = try operation(self)
        return .commit
      }
    } catch let error as DatabaseError where error.isOfOneRequest {
      // A statement that has failed cannot be run again.
      statements = try BankStatements(db)
      response = nil
    }
    return try response ?? .problem(problem, "nothing was changed; the books do not take this request")
  }

  /// Whether an owner with this epoch may still act. An older epoch may not; a newer epoch becomes the fence.
  func admits(_ epoch: Epoch, _ trackingID: TrackingID, _ key: String) throws -> Bool {
    try statements.raiseFence.execute(arguments: [trackingID.text, key, epoch.number, issuer.text])
    return db.changesCount == 1
  }

  /// The response to an earlier request under this key, or the refusal of a key that was used for another request.
  func replay(_ key: String, _ operation: BankOperation, _ fingerprint: Data) throws -> BankResponse? {
    let arguments: StatementArguments = [key, operation.rawValue, issuer.text]
    let stored = try StoredResponse.fetchOne(statements.findResponse, arguments: arguments)
    guard let stored else { return nil }
    guard stored.fingerprint == fingerprint else {
      return try .problem(.payloadMismatch, "nothing was changed; send the first payload again, or use a new key")
    }
    return stored.response
  }

  /// Stores the first response under a key, so that every repeat gets these bytes.
  func store(
    _ response: BankResponse, _ key: String, _ operation: BankOperation, _ fingerprint: Data
  ) throws -> BankResponse {
    try statements.insertResponse.execute(arguments: [
      key, operation.rawValue, fingerprint, response.status, response.contentType, response.body, issuer.text,
    ])
    return response
  }

  func payment(_ trackingID: TrackingID) throws -> PaymentRow? {
    try PaymentRow.fetchOne(statements.findPayment, arguments: [trackingID.text, issuer.text])
  }

  /// Records one transfer of money.
  ///
  /// - Returns: the transfer's number.
  func transfer(_ payment: PaymentRow, _ direction: Transfer.Direction) throws -> Int64 {
    let amount = direction == .out ? payment.amount : try payment.amount.negated
    try statements.insertTransfer.execute(arguments: [
      payment.trackingID.text, direction.rawValue, amount.cents, payment.payer.text, payment.payeeReference,
      payment.reference, payment.origin, issuer.text,
    ])
    return db.lastInsertedRowID
  }
}

extension DatabaseError {
  /// Whether the error is caused by the values of one request and not by the others of its batch.
  var isOfOneRequest: Bool {
    switch resultCode {
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE: true
    default: false
    }
  }
}

extension BankTransaction {
  func standing(_ request: StandingRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    let found = try payment(request.trackingID)
    // A caller without the payment's own key gets a response but does not raise the fence.
    if let owner = request.owner, found == nil || found?.idempotencyKey == owner.idempotencyKey {
      guard try admits(owner.epoch, request.trackingID, owner.idempotencyKey) else { return try .fenced() }
    }
    guard let payment = found else { return try .unknownPayment() }
    let document = StandingDocument(
      trackingID: payment.trackingID, state: payment.state, amount: payment.amount,
      transferID: payment.outgoing.map(Transfer.id), payer: payment.payer, payee: payment.payeeReference,
      reference: payment.reference)
    var response = try BankResponse.json(200, document)
    response.receipt = try payment.outgoing.flatMap { try receipt(for: $0, under: payment.idempotencyKey) }
    return response
  }
}

extension BankTransaction {
  func void(_ order: VoidOrder) throws -> BankResponse {
    if let defect = RequestDefect.of(order) { return try .problem(.malformed, defect.description) }
    guard try admits(order.epoch, order.trackingID, order.idempotencyKey) else { return try .fenced() }
    let fingerprint = RequestFingerprint.of(order.trackingID)
    let found = try payment(order.trackingID)
    if let earlier = try replay(order.idempotencyKey, .void, fingerprint) {
      return try repeated(earlier, of: found?.returned, under: order.idempotencyKey)
    }
    guard let payment = found else { return try .unknownPayment() }

    var answer: BankResponse
    switch payment.state {
    case .committed:
      let number = try transfer(payment, .back)
      answer = try voided(payment, order.reason, back: number)
      answer.receipt = try receipt(for: number, under: order.idempotencyKey)
    case .prepared:
      // There is no money to bring back, but from now on none can go out.
      answer = try voided(payment, order.reason, back: nil)
    case .voided:
      answer = try .problem(.nothingToVoid, "no money moved; it was voided under another key or never made")
    }
    return try store(answer, order.idempotencyKey, .void, fingerprint)
  }

  private func voided(_ payment: PaymentRow, _ reason: String, back number: Int64?) throws -> BankResponse {
    try statements.markVoided.execute(arguments: [number, reason, payment.trackingID.text, issuer.text])
    // The transfer ID is empty if no money had gone out.
    return .texts(200, ["tracking_id": payment.trackingID.text, "transfer_id": number.map(Transfer.id) ?? ""])
  }
}
