package import ClaimsDomain

/// What payees owe: payments whose decision was reversed, until later payments have made up for them.
package protocol PayeeBalances {
  /// Payees who owe nothing are absent.
  func owed(by payees: [String]) throws -> [String: Money]

  /// Adds to what they owe.
  func owe(_ balances: [PayeeBalance]) throws

  /// Takes from what they owe.
  ///
  /// - Throws: `StoreFailure.stale` where one owes less by now.
  func recover(_ balances: [PayeeBalance]) throws
}

package struct PayeeBalance: Hashable, Sendable {
  /// As the bank knows them: `Payee.reference`.
  package var payee: String
  /// Above zero.
  package var owed: Money

  package init(payee: String, owed: Money) {
    self.payee = payee
    self.owed = owed
  }
}

extension Sequence<PayeeBalance> {
  /// One a payee, in the order in which they are locked.
  ///
  /// - Throws: `MoneyError.overflow`.
  package func summed() throws(MoneyError) -> [PayeeBalance] {
    var sums: [String: Money] = [:]
    for balance in self where balance.owed != .zero {
      sums[balance.payee] = try (sums[balance.payee] ?? .zero) + balance.owed
    }
    return sums.map { PayeeBalance(payee: $0.key, owed: $0.value) }.sorted { $0.payee < $1.payee }
  }
}
