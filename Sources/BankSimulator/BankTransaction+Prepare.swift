import BankProtocol
import ClaimsDomain
import DurableExecution
import GRDB

extension BankTransaction {
  func prepare(_ order: PaymentOrder) throws -> BankResponse {
    if let defect = RequestDefect.of(order) { return try .problem(.malformed, defect.description) }
    guard try admits(order.epoch, order.trackingID, order.idempotencyKey) else { return try .fenced() }

    let fingerprint = RequestFingerprint.of(order)
    // A refusal is not stored: nothing has happened, and a reopened account can be paid.
    guard !refusedPayees.contains(order.payee.reference) else {
      return try replay(order.idempotencyKey, .prepare, fingerprint) ?? .payeeRefused()
    }
    if let refusal = try refusal(order.trackingID, order.payer, order.origin, correcting: order.corrects) {
      return try replay(order.idempotencyKey, .prepare, fingerprint) ?? refusal
    }
    guard try insert(order) else {
      // The key or the tracking ID is already known.
      return try replay(order.idempotencyKey, .prepare, fingerprint)
        ?? .problem(.trackingIDTaken, "nothing was changed; derive the tracking id from the idempotency key")
    }
    let answer = BankResponse.texts(201, ["tracking_id": order.trackingID.text])
    return try store(answer, order.idempotencyKey, .prepare, fingerprint)
  }

  /// - Returns: whether both its key and its tracking ID were new.
  private func insert(_ order: PaymentOrder) throws -> Bool {
    try statements.insertPayment.execute(arguments: [
      order.trackingID.text, order.idempotencyKey, order.payee.reference, order.payee.name, order.amount.cents,
      order.payer.text, order.reference, order.origin, order.corrects?.text, PaymentState.prepared.rawValue,
      issuer.text,
    ])
    return db.changesCount == 1
  }

  /// The reason that a payment may not be made in addition to the standing payments; nil if it may.
  ///
  /// - Parameter corrected: the payment that it corrects; nil for a first payment.
  func refusal(
    _ trackingID: TrackingID, _ payer: PayerID, _ origin: String, correcting corrected: TrackingID?
  ) throws -> BankResponse? {
    guard let corrected else {
      let arguments: StatementArguments = [payer.text, origin, trackingID.text, issuer.text]
      let isPaid = try Bool.fetchOne(statements.isPaid, arguments: arguments) ?? false
      return isPaid ? try .paidUnderOtherKey() : nil
    }
    guard let payment = try payment(corrected), payment.state == .committed, payment.payer == payer,
      payment.origin == origin
    else { return try .notToCorrect() }
    let corrector = try String.fetchOne(statements.corrector, arguments: [corrected.text, issuer.text])
    return corrector == nil || corrector == trackingID.text ? nil : try .notToCorrect()
  }
}

extension BankResponse {
  static func fenced() throws -> BankResponse {
    try .problem(.fenced, "nothing was changed; leave this payment to its new owner")
  }

  static func paidUnderOtherKey() throws -> BankResponse {
    try .problem(
      .paidUnderOtherKey,
      "no money moved; a payment of this payer and origin stands: read the transfers, or name the payment that this one "
        + "corrects")
  }

  static func notToCorrect() throws -> BankResponse {
    try .problem(.notToCorrect, "no money moved; name a standing payment of the same payer and origin, once")
  }

  static func payeeRefused() throws -> BankResponse {
    try .problem(.payeeRefused, "no money moved; ask the payee for an account that can be paid")
  }

  static func unknownPayment() throws -> BankResponse {
    try .problem(.unknownPayment, "no money moved; prepare the payment first")
  }
}
