/// The three sums of an 835 (TR3 005010X221A1, 1.10.2.1). Our own remittance is not written when a sum fails; another
/// payer's gets a finding. Each function returns nil when its sum holds.
///
/// A positive adjustment lowers the payment and a negative one raises it, in both CAS and PLB.
package enum RemittanceBalance {
  /// SVC02 - Σ CAS of the line = SVC03.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts overflow 64 bits.
  package static func ofLine(
    charge: Money, adjustments: some Sequence<Money>, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total(), found: paid)
  }

  /// CLP03 - Σ CAS of the claim - Σ CAS of its lines = CLP04. Lines may be absent (inpatient claims); the claim's own
  /// adjustments then have to explain the whole difference.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts overflow 64 bits.
  package static func ofClaim(
    charge: Money, adjustments: some Sequence<Money>, lineAdjustments: Money, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total() - lineAdjustments, found: paid)
  }

  /// Σ CLP04 - Σ PLB = BPR02.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts overflow 64 bits.
  package static func ofCheck(
    claimsPaid: Money, providerAdjustments: Money, payment: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: claimsPaid - providerAdjustments, found: payment)
  }
}

/// Two amounts that should be equal but are not.
package struct RemittanceDifference: Hashable, Sendable {
  /// The total of the other amounts.
  package let expected: Money
  /// The reported amount.
  package let found: Money
  /// Found minus expected: positive when the report has more than the other amounts account for.
  package let difference: Money

  /// Returns nil when the amounts are equal.
  ///
  /// - Throws: `MoneyError.overflow` when the difference overflows 64 bits.
  package init?(expected: Money, found: Money) throws(MoneyError) {
    guard expected != found else { return nil }
    self.expected = expected
    self.found = found
    difference = try found - expected
  }
}
