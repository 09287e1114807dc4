package import ClaimsDomain
package import DurableExecution

/// A double-entry ledger. Each posting is one row with a debit and a credit account, so an unbalanced posting cannot be
/// recorded.
package protocol GeneralLedger {
  func post(_ postings: [LedgerPosting]) throws

  /// The last day for which cash postings are closed: nothing more is posted to cash on or before it.
  func cashBookClosedThrough() throws -> CalendarDate?

  /// Closes the cash book. Closed days are never reopened.
  func closeCashBook(through day: CalendarDate) throws
}

package struct LedgerPosting: Hashable, Sendable {
  package var effectKey: KeyText
  /// Distinguishes the postings of one effect, starting at 1.
  package var number: Int
  package var debit: LedgerAccount
  package var credit: LedgerAccount
  /// Above zero.
  package var amount: Money
  package var claimID: ClaimIntakeID
  /// The party concerned: the payee's reference.
  package var party: String

  /// Returns nil for an amount that is not above zero, which is not posted.
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
  /// The cost of care to the plan.
  case claimsExpense = "claims-expense"
  /// The cost of late payment to the plan.
  case interestExpense = "interest-expense"
  /// Amounts decided and owed to providers, not yet paid.
  case claimsPayable = "claims-payable"
  case cash
  /// Amounts that providers owe the plan because a decision they were paid for was reversed.
  case providerReceivable = "provider-receivable"
  /// Amounts that providers may collect from members: deductible, copay, coinsurance, and noncovered charges. This is a
  /// memorandum pair, because the plan itself neither owes these amounts nor is owed them.
  case memberReceivable = "member-receivable"
  case memberResponsibility = "member-responsibility"

  /// The name for accounts that are none of these, where balances are added up.
  package static let others = "others"
}

/// Deductibles and out-of-pocket totals as an append-only ledger.
package protocol AccumulatorLedger {
  /// The totals of these scopes, locked in the scopes' own order until the transaction ends. Scopes without entries are
  /// absent.
  func accumulators(_ scopes: [AccumulatorScope]) throws -> [AccumulatorScope: Money]

  /// The net amount that each of these claims has added to these scopes. Claims that were never decided are absent.
  func contributions(
    of claims: [ClaimIntakeID], to scopes: [AccumulatorScope]
  ) throws -> [ClaimIntakeID: [AccumulatorScope: Money]]

  /// The net amount that each of these claims has added to any scope. Zero amounts are absent.
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
