/// What became of one service line (SVC), as it is told to the provider. It balances once it is part of a
/// `ClaimPayment`, which knows the line's position.
package struct LinePayment: Hashable, Sendable {
  /// SVC02.
  package let charge: Money
  /// SVC03.
  package let paid: Money
  /// Those of a group stand together, as CAS segments have them.
  package let adjustments: [RemittedAdjustment]
  package let details: LinePaymentDetails

  package init(charge: Money, paid: Money, adjustments: [RemittedAdjustment], details: LinePaymentDetails) {
    self.charge = charge
    self.paid = paid
    self.adjustments = adjustments.gatheredByGroup
    self.details = details
  }

  /// - Throws: `RemittanceError` when it does not balance, or an amount has the wrong sign or size.
  func check(at place: RemittancePlace, isReversal: Bool) throws(RemittanceError) {
    let difference: RemittanceDifference?
    do throws(MoneyError) {
      difference = try RemittanceBalance.ofLine(charge: charge, adjustments: adjustments.map(\.amount), paid: paid)
    } catch {
      throw .overflow(at: place)
    }
    if let difference { throw .imbalance(difference, at: place) }
    try RemittedAmounts.check(
      charge: charge, paid: paid, adjustments: adjustments, supplements: details.amounts, at: place,
      isReversal: isReversal)
  }
}
