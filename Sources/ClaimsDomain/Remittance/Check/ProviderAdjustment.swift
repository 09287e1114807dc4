/// One pair of a PLB segment: an amount that belongs to no claim of this check. Above zero it lowers the payment, below
/// zero it raises it (TR3 005010X221A1, PLB), so interest that is paid has a negative amount.
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
  /// Keeps the money of a reversal with the provider for now: the check that has the reversal is raised again by what
  /// the reversal took (TR3, 1.10.2.17, third method; RFI 227, 1756).
  ///
  /// - Parameters:
  ///   - overpaid: above zero.
  ///   - claim: the payer's number of the reversed claim; ties the two checks together.
  /// - Throws: `MoneyError.overflow` when 64 bits do not hold it.
  package static func postponedRecovery(
    of overpaid: Money, claim: ClaimIntakeID
  ) throws(MoneyError) -> ProviderAdjustment {
    ProviderAdjustment(.overpaymentRecovery, reference: claim.text, try overpaid.negated)
  }

  /// Takes an overpayment back from a later check.
  ///
  /// - Parameter overpaid: above zero.
  package static func recovery(of overpaid: Money, claim: ClaimIntakeID) -> ProviderAdjustment {
    ProviderAdjustment(.overpaymentRecovery, reference: claim.text, overpaid)
  }

  /// - Parameter owed: raises the payment, or lowers it where it is below zero.
  /// - Throws: `MoneyError.overflow` when 64 bits do not hold it.
  package static func interest(_ owed: Money, reference: String? = nil) throws(MoneyError) -> ProviderAdjustment {
    ProviderAdjustment(.interestOwed, reference: reference, try owed.negated)
  }
}
