/// What Medicare pays for a service that another payer has partly paid: the lowest of three amounts, and never less
/// than zero (42 CFR 411.33(b), services paid by fee schedule).
package struct MedicareSecondaryPayment: Hashable, Sendable {
  /// The charge, or the amount that the provider must accept as payment in full if that is less.
  package var charge: Money
  /// What the primary payer allows, before its own deductible and coinsurance.
  package var primaryAllowed: Money
  package var primaryPaid: Money
  /// What Medicare allows, before deductible and coinsurance.
  package var fee: Money
  /// What Medicare would pay as the primary payer: the fee minus what is left of the deductible, at the plan's
  /// percentage.
  package var paymentAsPrimary: Money

  package init(
    charge: Money, primaryAllowed: Money, primaryPaid: Money, fee: Money, paymentAsPrimary: Money
  ) {
    self.charge = charge
    self.primaryAllowed = primaryAllowed
    self.primaryPaid = primaryPaid
    self.fee = fee
    self.paymentAsPrimary = paymentAsPrimary
  }

  /// Computes the payment as primary: 80 percent of the fee above the deductible (42 CFR 410.152(b)).
  ///
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  package init(
    charge: Money, primaryAllowed: Money, primaryPaid: Money, fee: Money, deductibleLeft: Money,
    rate: BasisPoints = BasisPoints(80_00)
  ) throws(MoneyError) {
    self.init(
      charge: charge, primaryAllowed: primaryAllowed, primaryPaid: primaryPaid, fee: fee,
      paymentAsPrimary: try rate.of(max(.zero, try fee - deductibleLeft)))
  }

  /// The three amounts of 411.33(b)(1) to (3), in that order.
  ///
  /// - Throws: `MoneyError.overflow` when a difference overflows 64 bits.
  package var candidates: [Money] {
    get throws(MoneyError) {
      [try charge - primaryPaid, paymentAsPrimary, try max(fee, primaryAllowed) - primaryPaid]
    }
  }

  /// - Throws: `MoneyError.overflow` when a difference overflows 64 bits.
  package var amount: Money {
    get throws(MoneyError) { max(.zero, try candidates.min() ?? .zero) }
  }
}
