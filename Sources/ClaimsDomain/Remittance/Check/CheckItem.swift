/// One claim of a check: what is told of it, and what the bank has moved for it.
package struct CheckItem: Hashable, Sendable {
  package let payment: ClaimPayment
  /// Less than CLP04 where a part was kept for what the provider owes; zero for a reversal, by which nothing moves.
  package let moved: Money

  package init(_ payment: ClaimPayment, moved: Money) {
    self.payment = payment
    self.moved = moved
  }
}
