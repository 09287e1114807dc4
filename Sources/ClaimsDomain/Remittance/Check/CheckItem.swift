/// One claim of a check: what is told of it, and what the bank has moved for it.
package struct CheckItem: Hashable, Sendable {
  package let payment: ClaimPayment
  /// Less than CLP04 and interest where a part was kept for what the provider owes; zero for a reversal, by which nothing moves.
  package let moved: Money

  /// AMT*I, below zero for a reversal.
  package var interest: Money {
    get throws(MoneyError) {
      try payment.details.amounts.lazy.filter { $0.qualifier == "I" }.map(\.amount).total()
    }
  }

  package init(_ payment: ClaimPayment, moved: Money) {
    self.payment = payment
    self.moved = moved
  }
}
