extension ClaimPayment {
  /// Takes back all that was said of the claim: CLP02 is 22, every amount has the other sign, and groups and reasons stay
  /// those of the original, not some code for reversals (TR3 005010X221A1, 1.10.2.8; RFI 1147, 2442). A denial is
  /// reversed too, though no money moves (RFI 1741). Units are no amounts and stay as they are.
  ///
  /// - Throws: `RemittanceError.reversalOfReversal`.
  package func reversed() throws(RemittanceError) -> ClaimPayment {
    guard status != .reversal else { throw .reversalOfReversal(claimNumber) }
    var details = details
    details.amounts = details.amounts.map(\.mirrored)
    return try ClaimPayment(
      claimNumber: claimNumber, status: .reversal, charge: charge.mirrored, paid: paid.mirrored,
      controlNumber: controlNumber, adjustments: adjustments.map(\.mirrored), lines: lines.map(\.mirrored),
      details: details)
  }
}

extension Money {
  /// Nothing to overflow: the amounts of a claim payment are within `Money.claimLimit` either way.
  fileprivate var mirrored: Money { Money(cents: -cents) }
}

extension RemittedAdjustment {
  fileprivate var mirrored: RemittedAdjustment {
    RemittedAdjustment(group, reason, amount.mirrored, quantity: quantity)
  }
}

extension SupplementalAmount {
  fileprivate var mirrored: SupplementalAmount { SupplementalAmount(qualifier, amount.mirrored) }
}

extension LinePayment {
  fileprivate var mirrored: LinePayment {
    var details = details
    details.amounts = details.amounts.map(\.mirrored)
    return LinePayment(
      charge: charge.mirrored, paid: paid.mirrored, adjustments: adjustments.map(\.mirrored), details: details)
  }
}
