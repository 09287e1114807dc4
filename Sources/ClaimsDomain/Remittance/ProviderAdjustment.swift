/// One pair of a PLB segment: an amount that belongs to no claim of this check. A positive amount lowers the payment
/// and a negative one raises it (TR3 005010X221A1, PLB), so interest that is paid has a negative amount.
package struct ProviderAdjustment: Hashable, Sendable {
  package let reason: ProviderAdjustmentReason
  /// PLB03-2.
  package let reference: String?
  package let amount: Money

  package init(_ reason: ProviderAdjustmentReason, reference: String? = nil, _ amount: Money) {
    self.reason = reason
    self.reference = reference
    self.amount = amount
  }
}

extension ProviderAdjustment {
  /// Defers the recovery of a reversal: the check that contains the reversal is raised by the amount that the reversal took
  /// (TR3, 1.10.2.17, third method; RFI 227, 1756).
  ///
  /// - Parameters:
  ///   - overpaid: The overpayment, a positive amount.
  ///   - claim: The payer's number of the reversed claim, which links the two checks.
  /// - Throws: `MoneyError.overflow` when the result overflows 64 bits.
  package static func postponedRecovery(
    of overpaid: Money, claim: ClaimIntakeID
  ) throws(MoneyError) -> ProviderAdjustment {
    ProviderAdjustment(.overpaymentRecovery, reference: claim.text, try overpaid.negated)
  }

  /// Recovers an overpayment from a later check.
  ///
  /// - Parameter overpaid: The overpayment, a positive amount.
  package static func recovery(of overpaid: Money, claim: ClaimIntakeID) -> ProviderAdjustment {
    ProviderAdjustment(.overpaymentRecovery, reference: claim.text, overpaid)
  }

  /// - Parameter owed: The interest, which raises the payment, or lowers it when negative.
  /// - Throws: `MoneyError.overflow` when the result overflows 64 bits.
  package static func interest(_ owed: Money, reference: String? = nil) throws(MoneyError) -> ProviderAdjustment {
    ProviderAdjustment(.interestOwed, reference: reference, try owed.negated)
  }
}

/// PLB03-1 values that the writer knows.
package enum ProviderAdjustmentReason: String, Sendable, Codable, CaseIterable {
  case penalty = "50"
  case interimPayment = "AP"
  case authorizedReturn = "72"
  case adjustment = "CS"
  /// A balance carried to or from another check.
  case forwardingBalance = "FB"
  case interestOwed = "L6"
  case internalRevenueWithholding = "IR"
  case levy = "LE"
  /// Recovery of an overpayment on earlier claims.
  case overpaymentRecovery = "WO"
}
