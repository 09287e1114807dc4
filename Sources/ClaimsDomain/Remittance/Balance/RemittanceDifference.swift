/// Two amounts that should be the same and are not.
package struct RemittanceDifference: Hashable, Sendable {
  /// What the other amounts come to.
  package let expected: Money
  /// What is stated.
  package let found: Money
  /// Found less expected: above zero when more is stated than the rest accounts for.
  package let difference: Money

  /// Nil when they are the same.
  ///
  /// - Throws: `MoneyError.overflow` when they are further apart than 64 bits.
  package init?(expected: Money, found: Money) throws(MoneyError) {
    guard expected != found else { return nil }
    self.expected = expected
    self.found = found
    difference = try found - expected
  }
}
