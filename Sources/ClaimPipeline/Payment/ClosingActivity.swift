package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Closes a claim that moves no money, under its payment key: the claim is denied, the member owes all of it, or all of
/// it is withheld.
package struct ClosingActivity<Transaction: PayingRecords>: LocalActivity {
  package typealias Key = PaymentKey
  package var agent = PaymentActivity<Transaction>.agentVersion
  package let eventType = "claim-closed"

  package func key(for request: PaymentRequest) -> PaymentKey { request.key }

  package func stream(for request: PaymentRequest, key: KeyText) -> String { request.claim.id.text }

  package func facts(of response: PaymentResponse) -> [String: String] {
    ["status": response.status.rawValue, "payment_id": response.paymentID.text]
  }

  package func perform(
    _ calls: [OwnedCall<PaymentRequest>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<PaymentResponse, ActivityFailure>> {
    let payments = calls.map { $0.request.payment(under: $0.effectKey, trackingID: nil, state: .nothingDue) }
    // A closing that was refused because the bank had paid the claim succeeds once that payment is returned.
    let known = try calls.allSatisfy { $0.record.epoch == .first } ? [:] : transaction.payments(payments.map(\.id))
    let fresh = payments.filter { known[$0.id] == nil }
    try transaction.recover(fresh.map(PayeeBalance.init(recoveredBy:)).summed())
    try transaction.insert(fresh)
    try transaction.update(payments.filter { known[$0.id] != nil })
    try transaction.post(payments.flatMap { PaymentPostings($0).all })
    try transaction.update(calls.map { $0.request.closed(as: $0.request.outcome, under: $0.effectKey) })
    return calls.answers { call in
      let payment = call.request.payment(under: call.effectKey, trackingID: nil, state: .nothingDue)
      return .success(PaymentResponse(status: call.request.outcome, of: payment, receipt: nil))
    }
  }
}
