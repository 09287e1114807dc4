import BankProtocol
package import ClaimStore
import ClaimsDomain
import DurableExecution

/// What a reversal means for the books: the plan's cost is back, and the payee owes it; the member owes nothing more.
package struct ReversalPostings {
  package let all: [LedgerPosting]

  package init(_ response: ReversalResponse) {
    guard let reversed = response.reversed else {
      all = []
      return
    }
    let key = ReversalKey(claimID: response.claimID).text
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .providerReceivable, credit: .claimsExpense, amount: reversed.planPaid,
        claimID: response.claimID, party: reversed.payee.reference),
      LedgerPosting(
        effectKey: key, number: 2, debit: .memberResponsibility, credit: .memberReceivable,
        amount: reversed.memberResponsibility, claimID: response.claimID, party: reversed.payee.reference),
      LedgerPosting(
        effectKey: key, number: 3, debit: .providerReceivable, credit: .interestExpense,
        amount: reversed.interest ?? .zero, claimID: response.claimID, party: reversed.payee.reference),
    ].compactMap(\.self)
  }
}
