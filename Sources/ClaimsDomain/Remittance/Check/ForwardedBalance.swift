/// What a provider still owes from an earlier check, whose payment could not go below zero.
package struct ForwardedBalance: Hashable, Sendable {
  /// Above zero.
  package let amount: Money
  /// TRN02 of the check that it was carried from.
  package let trace: String

  /// Nil unless the amount is above zero.
  package init?(_ amount: Money, from trace: String) {
    guard amount > .zero else { return nil }
    self.amount = amount
    self.trace = trace
  }
}
