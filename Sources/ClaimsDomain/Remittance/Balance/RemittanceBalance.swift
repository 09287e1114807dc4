/// The three sums of an 835 (TR3 005010X221A1, 1.10.2.1), whoever states the amounts: our own remittances are refused
/// by them, and other payers' are told off by them. Each gives nil when it holds.
///
/// An adjustment above zero lowers the payment and one below zero raises it, in CAS and in PLB alike.
package enum RemittanceBalance {
  /// SVC02 - Σ CAS of the line = SVC03.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofLine(
    charge: Money, adjustments: some Sequence<Money>, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total(), found: paid)
  }

  /// CLP03 - Σ CAS of the claim - Σ CAS of its lines = CLP04. Lines may be absent (inpatient claims); then the claim's
  /// own adjustments have to explain all of it.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofClaim(
    charge: Money, adjustments: some Sequence<Money>, lineAdjustments: Money, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total() - lineAdjustments, found: paid)
  }

  /// Σ CLP04 - Σ PLB = BPR02.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofCheck(
    claimsPaid: Money, providerAdjustments: Money, payment: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: claimsPaid - providerAdjustments, found: payment)
  }
}
