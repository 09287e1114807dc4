import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What a payment means for the books: what was owed to the provider, and interest for paying it late, has been paid,
/// some of it perhaps by what the provider owed.
package struct PaymentPostings {
  package let all: [LedgerPosting]

  package init(_ payment: PaymentRow) {
    self.init(
      amount: payment.amount, interest: payment.interest, withheld: payment.withheld, of: payment.claimID,
      key: payment.effectKey, party: payment.payee.reference)
  }

  package init(_ response: PaymentResponse, of claimID: ClaimIntakeID, key: KeyText) {
    self.init(
      amount: response.amount, interest: response.interest ?? .zero, withheld: response.withheld ?? .zero, of: claimID,
      key: key, party: response.payee.reference)
  }

  private init(
    amount: Money, interest: Money, withheld: Money, of claimID: ClaimIntakeID, key: KeyText, party: String
  ) {
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .claimsPayable, credit: .cash, amount: amount, claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 2, debit: .claimsPayable, credit: .providerReceivable, amount: withheld,
        claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 3, debit: .interestExpense, credit: .claimsPayable, amount: interest, claimID: claimID,
        party: party),
    ].compactMap(\.self)
  }
}
