import DurableExecution

extension BankTransaction {
  func standing(_ request: StandingRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    let found = try payment(request.trackingID)
    // A caller without the payment's own key gets an answer and does not raise the fence.
    if let owner = request.owner, found == nil || found?.idempotencyKey == owner.idempotencyKey {
      guard try admits(owner.epoch, request.trackingID, owner.idempotencyKey) else { return try .fenced() }
    }
    guard let payment = found else { return try .unknownPayment() }
    let document = StandingDocument(
      trackingID: payment.trackingID, state: payment.state, amount: payment.amount,
      transferID: payment.outgoing.map(Transfer.id), payer: payment.payer, payee: payment.payeeReference,
      reference: payment.reference)
    return try .json(200, document)
  }
}
