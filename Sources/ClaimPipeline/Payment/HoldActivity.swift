import BankProtocol
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Suspends a claim whose payee is on hold, under its payment key: the decision stands, and nothing is paid.
///
/// Like any refused payment, the claim then waits until a person releases the key, so that no payment is made merely
/// because the hold was lifted. It writes no row in `payments`: interest and what the payee owes are those of the day
/// on which the payment is made. Only a payment that the bank has refused before has a row, which keeps its terms.
package struct HoldActivity<Transaction: PayingRecords>: LocalActivity {
  package typealias Key = PaymentKey
  package var agent = PaymentActivity<Transaction>.agentVersion
  /// Never written, since this activity only refuses.
  package let eventType = "claim-paid"

  package func key(for request: PaymentRequest) -> PaymentKey { request.key }

  package func stream(for request: PaymentRequest, key: KeyText) -> String { request.claim.id.text }

  package func facts(of response: PaymentResponse) -> [String: String] { response.facts }

  package func perform(
    _ calls: [OwnedCall<PaymentRequest>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<PaymentResponse, ActivityFailure>> {
    try transaction.update(calls.map { $0.request.closed(as: .suspended, under: $0.effectKey) })
    return calls.answers { _ in .failure(.payeeOnHold) }
  }
}

extension ActivityFailure {
  /// Nothing is paid to the payee until the hold is lifted.
  package static let payeeOnHold = ActivityFailure(
    .payeeOnHold, "its payee is on hold: nothing is paid to it until the hold is lifted and the claim is released")
}
