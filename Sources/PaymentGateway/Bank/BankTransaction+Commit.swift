import ClaimPipeline
import DurableExecution
import GRDB

extension BankTransaction {
  func commit(_ request: CommitRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    guard try admits(request.epoch, request.trackingID, .payment) else { return try .fenced() }
    guard let payment = try payment(request.trackingID) else { return try .unknownPayment() }
    guard payment.idempotencyKey == request.idempotencyKey else {
      return try .problem(.otherKey, "nothing was changed; commit under the key it was prepared with")
    }

    let fingerprint = RequestFingerprint.of(request.trackingID)
    let answer: BankResponse
    switch payment.state {
    case .prepared:
      // Nothing is stored yet: a stored answer and the state it led to are written together.
      let number = try transfer(payment, .out)
      try db.cachedStatement(sql: PaymentRow.markCommitted).execute(arguments: [number, payment.trackingID.text])
      let receipt = BankReceipt(
        trackingID: payment.trackingID, transferID: Transfer.id(number), amount: payment.amount)
      answer = try .json(200, receipt)
    case .committed, .voided, .refused:
      if let earlier = try replay(request.idempotencyKey, .commit, fingerprint) { return earlier }
      answer = payment.state == .refused ? try .payeeRefused() : try .paymentVoided()
    }
    return try store(answer, request.idempotencyKey, .commit, fingerprint)
  }
}

extension BankResponse {
  static func paymentVoided() throws -> BankResponse {
    try .problem(.paymentVoided, "no money moved; a voided payment is never made, so order a new one")
  }
}
