/// What is true of the amounts of a line and of a claim alike.
enum RemittedAmounts {
  /// - Throws: `RemittanceError` when an amount has the wrong sign or size, or an adjustment cannot be written.
  static func check(
    charge: Money, paid: Money, adjustments: [RemittedAdjustment], supplements: [SupplementalAmount],
    at place: RemittancePlace, isReversal: Bool
  ) throws(RemittanceError) {
    guard adjustments.allSatisfy(\.isWritable) else { throw .invalidAdjustment(at: place) }
    let amounts = [charge, paid] + adjustments.map(\.amount) + supplements.map(\.amount)
    guard amounts.allSatisfy(isWithinLimit) else { throw .tooLarge(at: place) }
    let hasRightSign = [charge, paid].allSatisfy { isReversal ? $0 <= .zero : $0 >= .zero }
    guard hasRightSign else { throw .wrongSign(at: place) }
  }

  static func isWithinLimit(_ amount: Money) -> Bool { amount.cents.magnitude <= Money.claimLimit.cents.magnitude }
}
