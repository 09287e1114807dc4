import ClaimPipeline
import ClaimsDomain
import DurableExecution
import GRDB

extension BankTransaction {
  func commit(_ request: CommitRequest) throws -> BankResponse {
    if let defect = RequestDefect.of(request) { return try .problem(.malformed, defect.description) }
    let found = try payment(request.trackingID)
    if let found, found.idempotencyKey != request.idempotencyKey { return try .otherKey() }
    // Mostly the owner who prepared it commits it, and the fence stands where it should.
    if found?.fence != request.epoch {
      guard try admits(request.epoch, request.trackingID, request.idempotencyKey) else { return try .fenced() }
    }
    guard let payment = found else { return try .unknownPayment() }

    let fingerprint = RequestFingerprint.of(request.trackingID)
    let answer: BankResponse
    switch payment.state {
    case .prepared:
      // Much may have happened since it was prepared: another order was committed, or what it corrects came back.
      if let refusal = try refusal(payment.trackingID, payment.payer, payment.origin, correcting: payment.corrects) {
        return refusal
      }
      // Nothing is stored yet: a stored answer and the state it led to are written together.
      let number = try transfer(payment, .out)
      try statements.markCommitted.execute(arguments: [number, payment.trackingID.text])
      answer = .texts(
        200,
        [
          "amount": payment.amount.description, "tracking_id": payment.trackingID.text,
          "transfer_id": Transfer.id(number),
        ])
    case .committed, .voided:
      if let earlier = try replay(request.idempotencyKey, .commit, fingerprint) { return earlier }
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
