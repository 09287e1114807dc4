package import ClaimsDomain
package import DurableExecution

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
