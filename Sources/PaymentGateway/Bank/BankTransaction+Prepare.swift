import ClaimPipeline
import ClaimsDomain
import DurableExecution
import GRDB

extension BankTransaction {
  func prepare(_ order: PaymentOrder) throws -> BankResponse {
    if let defect = RequestDefect.of(order) { return try .problem(.malformed, defect.description) }
    guard try admits(order.epoch, order.trackingID, .payment) else { return try .fenced() }

    let isRefused = refusedPayees.contains(order.payee.reference)
    let fingerprint = RequestFingerprint.of(order)
    guard try insert(order, isRefused ? .refused : .prepared) else {
      // The key or the tracking id is known already.
      return try replay(order.idempotencyKey, .prepare, fingerprint)
        ?? .problem(.trackingIDTaken, "nothing was changed; derive the tracking id from the idempotency key")
    }
    let answer: BankResponse =
      isRefused ? try .payeeRefused() : .texts(201, ["tracking_id": order.trackingID.text])
    return try store(answer, order.idempotencyKey, .prepare, fingerprint)
  }

  /// - Returns: whether neither its key nor its tracking id was known before.
  private func insert(_ order: PaymentOrder, _ state: PaymentState) throws -> Bool {
    try statements.insertPayment.execute(arguments: [
      order.trackingID.text, order.idempotencyKey, order.payee.reference, order.payee.name, order.amount.cents,
      order.reference, state.rawValue,
    ])
    return db.changesCount == 1
  }
}

extension BankResponse {
  static func fenced() throws -> BankResponse {
    try .problem(.fenced, "nothing was changed; leave this payment to its new owner")
  }

  static func payeeRefused() throws -> BankResponse {
    try .problem(.payeeRefused, "no money moved; ask the payee for an account that can be paid")
  }

  static func unknownPayment() throws -> BankResponse {
    try .problem(.unknownPayment, "no money moved; prepare the payment first")
  }
}
