package import BankProtocol
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Voids a payment: the compensation of the payment saga's first step.
package struct VoidActivity<Transaction: VoidRecords>: RemoteActivity {
  package typealias Key = VoidKey
  package typealias Receipt = VoidReceipt
  package var agent = PaymentActivity<Transaction>.agentVersion
  package let eventType = "payment-voided"
  let bank: any PaymentBank

  package struct Request: Encodable, Sendable {
    package let payment: PaymentRow
    /// The reason, for the bank's record.
    package let reason: String

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(payment.id, forKey: .paymentID)
      try container.encode(payment.amount, forKey: .amount)
    }

    enum CodingKeys: String, CodingKey {
      case amount
      case paymentID = "payment_id"
    }
  }

  package func key(for request: Request) -> VoidKey { VoidKey(paymentID: request.payment.id) }

  package func stream(for request: Request, key: KeyText) -> String { request.payment.claimID.text }

  package func facts(of response: VoidResponse) -> [String: String] {
    ["status": ClaimStatus.suspended.rawValue, "payment_id": response.paymentID.text]
  }

  /// The payment's row already serves as the intent; there is nothing to add.
  package func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) {}

  /// A void has no preparation at the bank.
  package func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  package func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<VoidReceipt>> {
    let replies = await bank.void(calls.map(order))
    return calls.replies { replies[order($0).trackingID] }
  }

  /// Only a payment that the bank has made, and the books have refused, is voided.
  private func order(_ call: RemoteCall<Request>) -> VoidOrder {
    VoidOrder(
      idempotencyKey: call.idempotencyKey.text, trackingID: call.request.payment.trackingID ?? call.trackingID,
      epoch: call.epoch, reason: call.request.reason, bringsBack: true)
  }

  /// The bank answers a repeated void with the same receipt, so asking means sending it again.
  package func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<VoidReceipt>> {
    calls.replies { _ in .prepared }
  }

  package func complete(
    _ done: [(call: OwnedCall<Request>, receipt: VoidReceipt)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<VoidResponse, ActivityFailure>> {
    let payments = done.map { done in
      var payment = done.call.request.payment
      payment.state = .voided
      payment.returnReceipt = done.receipt.signed
      return payment
    }
    try transaction.update(payments)
    let sagas = try transaction.sagas(payments.map { PaymentSaga.id(of: $0.effectKey) })
    try transaction.save(sagas.values.map { SagaChange(PaymentSaga.definition.advanced($0), over: $0) })
    return Answers(done, id: \.call.effectKey) { done in
      .success(VoidResponse(paymentID: done.call.request.payment.id, receipt: done.receipt.unsigned))
    }
  }

  /// The money is out and does not come back by itself: the payment remains, and the claim is already with a person.
  package func refused(
    _ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction
  ) {}
}
