/// The totals that a decision starts from, and what it adds to them. The stored ledger is append-only; these totals are
/// the sum of its entries.
package struct Accumulators: Hashable, Sendable {
  package private(set) var balances: [AccumulatorScope: Money]
  /// What was applied since the start, with one entry for each scope in order of first use. Append these entries to the
  /// ledger.
  package private(set) var applied: [Entry] = []

  package struct Entry: Hashable, Sendable, Codable {
    package var scope: AccumulatorScope
    package var amount: Money

    package init(scope: AccumulatorScope, amount: Money) {
      self.scope = scope
      self.amount = amount
    }
  }

  package init(balances: [AccumulatorScope: Money] = [:]) {
    self.balances = balances
  }

  /// The totals of some scopes, to start a decision from.
  package func totals(of scopes: some Sequence<AccumulatorScope>) -> Accumulators {
    var totals = Accumulators()
    for scope in scopes { totals.balances[scope] = balances[scope] }
    return totals
  }

  /// Takes over the totals after a decision.
  package mutating func update(with totals: Accumulators) {
    balances.merge(totals.balances) { $1 }
  }

  package func balance(of scope: AccumulatorScope) -> Money { balances[scope] ?? .zero }

  /// - Throws: `MoneyError.overflow` when the total overflows 64 bits.
  package mutating func apply(_ amount: Money, to scope: AccumulatorScope) throws(MoneyError) {
    guard amount != .zero else { return }
    let balance = try balance(of: scope) + amount
    if let index = applied.firstIndex(where: { $0.scope == scope }) {
      applied[index].amount = try applied[index].amount + amount
    } else {
      applied.append(Entry(scope: scope, amount: amount))
    }
    balances[scope] = balance
  }

  /// Removes what a claim added earlier, so that a claim that is decided again does not count against itself. It then
  /// uses the same amounts again: the buckets fill in order, and later claims got the rest. Afterward, `applied` holds
  /// the difference from what the claim had added.
  ///
  /// - Throws: `MoneyError.overflow`.
  package mutating func withdraw(_ own: [AccumulatorScope: Money]) throws(MoneyError) {
    for (scope, amount) in own { try apply(.zero - amount, to: scope) }
  }
}
