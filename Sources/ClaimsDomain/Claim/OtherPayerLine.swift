/// What a payer before us decided about one line: loop 2430.
package struct OtherPayerLine: Hashable, Sendable, Codable {
  /// SVD01.
  package var payer: PayerID
  /// SVD02.
  package var paid: Money
  package var adjustments: [OtherPayerAdjustment]

  package init(payer: PayerID, paid: Money, adjustments: [OtherPayerAdjustment] = []) {
    self.payer = payer
    self.paid = paid
    self.adjustments = adjustments
  }
}
