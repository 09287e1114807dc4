/// What Medicare pays of a service another payer has paid part of: the lowest of three amounts, and never below zero
/// (42 CFR 411.33(b), services paid by fee schedule).
package struct MedicareSecondaryPayment: Hashable, Sendable {
  /// What is charged, or what the provider has to accept as payment in full where that is less.
  package var charge: Money
  /// What the primary payer allows, before its own deductible and coinsurance.
  package var primaryAllowed: Money
  package var primaryPaid: Money
  /// What Medicare allows, before deductible and coinsurance.
  package var fee: Money
  /// What Medicare would pay if it were primary: the fee less what is left of the deductible, at the plan's percentage.
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

  /// With the payment as primary worked out: 80 % of the fee above the deductible (42 CFR 410.152(b)).
  ///
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
  package init(
    charge: Money, primaryAllowed: Money, primaryPaid: Money, fee: Money, deductibleLeft: Money,
    rate: BasisPoints = BasisPoints(80_00)
  ) throws(MoneyError) {
    self.init(
      charge: charge, primaryAllowed: primaryAllowed, primaryPaid: primaryPaid, fee: fee,
      paymentAsPrimary: try rate.of(max(.zero, try fee - deductibleLeft)))
  }

  /// The three of 411.33(b)(1) to (3), in that order.
  ///
  /// - Throws: `MoneyError.overflow` when a difference leaves 64 bits.
  package var candidates: [Money] {
    get throws(MoneyError) {
      [try charge - primaryPaid, paymentAsPrimary, try max(fee, primaryAllowed) - primaryPaid]
    }
  }

  /// - Throws: `MoneyError.overflow` when a difference leaves 64 bits.
  package var amount: Money {
    get throws(MoneyError) { max(.zero, try candidates.min() ?? .zero) }
  }
}
