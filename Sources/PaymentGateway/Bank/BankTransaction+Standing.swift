import DurableExecution

extension BankTransaction {
  func standing(_ request: StandingRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    if let epoch = request.epoch {
      guard try admits(epoch, request.trackingID, .payment) else { return try .fenced() }
    }
    guard let payment = try payment(request.trackingID) else { return try .unknownPayment() }
    let document = StandingDocument(
      trackingID: payment.trackingID, state: payment.state, amount: payment.amount,
      transferID: payment.outgoing.map(Transfer.id))
    return try .json(200, document)
  }
}
