/// The totals a decision starts from, and what it adds to them. The stored ledger is append-only; this is its fold.
package struct Accumulators: Hashable, Sendable {
  package private(set) var balances: [AccumulatorScope: Money]
  /// What was applied since the start, one entry for each scope, in the order of first use: what to append to the
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

  package func balance(of scope: AccumulatorScope) -> Money { balances[scope] ?? .zero }

  /// - Throws: `MoneyError.overflow` when the total leaves 64 bits.
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

  /// Takes back what a claim has added before, so that a claim that is decided again is not held against itself. Decided
  /// again it uses the same: the buckets fill in order, and what came after it found the rest. `applied` then holds what
  /// is to be added to what it had added.
  ///
  /// - Throws: `MoneyError.overflow`.
  package mutating func withdraw(_ own: [AccumulatorScope: Money]) throws(MoneyError) {
    for (scope, amount) in own { try apply(.zero - amount, to: scope) }
  }
}
