package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What a decision means for the books: the plan owes the provider, and the member does.
package struct DecisionPostings {
  package let all: [LedgerPosting]

  package init(_ decision: Decision, of claim: SubmittedClaim, as claimID: ClaimIntakeID, key: KeyText) {
    let party = claim.billingProvider.reference
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .claimsExpense, credit: .claimsPayable, amount: decision.paid,
        claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 2, debit: .memberReceivable, credit: .memberResponsibility,
        amount: decision.memberResponsibility, claimID: claimID, party: party),
    ].compactMap(\.self)
  }
}
