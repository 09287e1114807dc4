package import ClaimsDomain
package import DurableExecution

/// Where an entry stands in the ledger of accumulators: one decision adds to one scope at most once.
package struct AccumulatorPlace: Hashable, Sendable {
  package var scope: AccumulatorScope
  package var effectKey: KeyText

  package init(scope: AccumulatorScope, effectKey: KeyText) {
    self.scope = scope
    self.effectKey = effectKey
  }
}

extension AccumulatorRow {
  package var place: AccumulatorPlace { AccumulatorPlace(scope: entry.scope, effectKey: effectKey) }
}
