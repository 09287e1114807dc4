import ClaimPipeline
import DurableExecution
import GRDB

extension BankTransaction {
  func void(_ order: VoidOrder) throws -> BankResponse {
    if let defect = RequestDefect.of(order) { return try .problem(.malformed, defect.description) }
    guard try admits(order.epoch, order.trackingID, order.idempotencyKey) else { return try .fenced() }
    let fingerprint = RequestFingerprint.of(order.trackingID)
    if let earlier = try replay(order.idempotencyKey, .void, fingerprint) { return earlier }
    guard let payment = try payment(order.trackingID) else { return try .unknownPayment() }

    let answer: BankResponse
    switch payment.state {
    case .committed:
      let number = try transfer(payment, .back)
      answer = try voided(payment, order.reason, back: number)
    case .prepared:
      // No money to bring back, but from now on none can go out.
      answer = try voided(payment, order.reason, back: nil)
    case .voided:
      answer = try .problem(.nothingToVoid, "no money moved; it was voided under another key or never made")
    }
    return try store(answer, order.idempotencyKey, .void, fingerprint)
  }

  private func voided(_ payment: PaymentRow, _ reason: String, back number: Int64?) throws -> BankResponse {
    try statements.markVoided.execute(arguments: [number, reason, payment.trackingID.text])
    // The transfer id is empty where no money had gone out.
    return .texts(200, ["tracking_id": payment.trackingID.text, "transfer_id": number.map(Transfer.id) ?? ""])
  }
}
