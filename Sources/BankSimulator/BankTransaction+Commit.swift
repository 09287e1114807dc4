import BankProtocol
import ClaimsDomain
import DurableExecution
import GRDB

extension BankTransaction {
  func commit(_ request: CommitRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    let found = try payment(request.trackingID)
    if let found, found.idempotencyKey != request.idempotencyKey { return try .otherKey() }
    // The owner who prepared a payment usually commits it, and then the fence is already correct.
    if found?.fence != request.epoch {
      guard try admits(request.epoch, request.trackingID, request.idempotencyKey) else { return try .fenced() }
    }
    guard let payment = found else { return try .unknownPayment() }

    let fingerprint = RequestFingerprint.of(request.trackingID)
    var answer: BankResponse
    switch payment.state {
    case .prepared:
      // The situation may have changed since the payment was prepared: another order was committed, or the payment it
      // corrects was returned.
      if let refusal = try refusal(payment.trackingID, payment.payer, payment.origin, correcting: payment.corrects) {
        return refusal
      }
      // Nothing is stored yet: a stored response and the state it leads to are written together.
      let number = try transfer(payment, .out)
      try statements.markCommitted.execute(arguments: [number, payment.trackingID.text, issuer.text])
      answer = .texts(
        200,
        [
          "amount": payment.amount.description, "tracking_id": payment.trackingID.text,
          "transfer_id": Transfer.id(number),
        ])
      answer.receipt = try receipt(for: number, under: request.idempotencyKey)
    case .committed, .voided:
      if let earlier = try replay(request.idempotencyKey, .commit, fingerprint) {
        return try repeated(earlier, of: payment.outgoing, under: request.idempotencyKey)
      }
      answer = try .paymentVoided()
    }
    return try store(answer, request.idempotencyKey, .commit, fingerprint)
  }
}

extension BankResponse {
  static func otherKey() throws -> BankResponse {
    try .problem(.otherKey, "nothing was changed; use the key it was prepared with")
  }

  static func paymentVoided() throws -> BankResponse {
    try .problem(.paymentVoided, "no money moved; a voided payment is never made, so order a new one")
  }
}
