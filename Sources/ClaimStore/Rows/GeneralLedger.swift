package import ClaimsDomain
package import DurableExecution

/// Double entry. Each posting is one row with a debit and a credit account, so a posting that does not balance cannot
/// even be written down.
package protocol GeneralLedger {
  func post(_ postings: [LedgerPosting]) throws

  /// The last day whose cash postings are closed: nothing more is posted to cash on or before it.
  func cashBookClosedThrough() throws -> CalendarDate?

  /// Closes the cash book; it is never opened again for days that were closed.
  func closeCashBook(through day: CalendarDate) throws
}

package struct LedgerPosting: Hashable, Sendable {
  package var effectKey: KeyText
  /// Tells the postings of one effect apart, from 1.
  package var number: Int
  package var debit: LedgerAccount
  package var credit: LedgerAccount
  /// Above zero.
  package var amount: Money
  package var claimID: ClaimIntakeID
  /// Whom it concerns: the payee's reference.
  package var party: String

  /// Nil for an amount of nothing, which is not posted.
  package init?(
    effectKey: KeyText, number: Int, debit: LedgerAccount, credit: LedgerAccount, amount: Money, claimID: ClaimIntakeID,
    party: String
  ) {
    guard amount > .zero, debit != credit else { return nil }
    self.effectKey = effectKey
    self.number = number
    self.debit = debit
    self.credit = credit
    self.amount = amount
    self.claimID = claimID
    self.party = party
  }
}

package enum LedgerAccount: String, Sendable, CaseIterable {
  /// What care has cost the plan.
  case claimsExpense = "claims-expense"
  /// What paying late has cost the plan.
  case interestExpense = "interest-expense"
  /// Decided and owed to providers, not yet paid.
  case claimsPayable = "claims-payable"
  case cash
  /// What providers owe the plan: paid by a decision that was reversed.
  case providerReceivable = "provider-receivable"
  /// What providers may collect from members: deductible, copay, coinsurance and what is not covered. A memorandum
  /// pair, since the plan itself neither owes nor is owed it.
  case memberReceivable = "member-receivable"
  case memberResponsibility = "member-responsibility"
}

/// Deductibles and out-of-pocket totals as an append-only ledger.
package protocol AccumulatorLedger {
  /// The sums of these scopes, locked in the scopes' own order until the transaction ends. Scopes nothing was applied
  /// to are absent.
  func accumulators(_ scopes: [AccumulatorScope]) throws -> [AccumulatorScope: Money]

  /// What each of these claims has itself added to these scopes, net. Claims that were never decided are absent.
  func contributions(
    of claims: [ClaimIntakeID], to scopes: [AccumulatorScope]
  ) throws -> [ClaimIntakeID: [AccumulatorScope: Money]]

  /// All that each of these claims has added, net, to whatever scopes. What comes to nothing is absent.
  func contributions(of claims: [ClaimIntakeID]) throws -> [ClaimIntakeID: [AccumulatorScope: Money]]

  func append(_ entries: [AccumulatorRow]) throws
}

package struct AccumulatorRow: Hashable, Sendable {
  package var entry: Accumulators.Entry
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText

  package init(entry: Accumulators.Entry, claimID: ClaimIntakeID, effectKey: KeyText) {
    self.entry = entry
    self.claimID = claimID
    self.effectKey = effectKey
  }
}
