import ClaimsDomain
import DurableExecution

/// What a payment means for the books: what was owed to the provider has been paid.
struct PaymentPostings {
  let all: [LedgerPosting]

  init(_ payment: PaymentRow) {
    self.init(amount: payment.amount, of: payment.claimID, key: payment.effectKey, party: payment.payee.reference)
  }

  init(_ response: PaymentResponse, of claimID: ClaimIntakeID, key: KeyText) {
    self.init(amount: response.amount, of: claimID, key: key, party: response.payee.reference)
  }

  private init(amount: Money, of claimID: ClaimIntakeID, key: KeyText, party: String) {
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .claimsPayable, credit: .cash, amount: amount, claimID: claimID, party: party)
    ].compactMap(\.self)
  }
}
