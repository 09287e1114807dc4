/// The money a remittance explains: BPR and TRN.
package struct RemittancePayment: Hashable, Sendable {
  /// BPR02; never below zero.
  package let amount: Money
  package let method: PaymentMethod
  /// BPR16: when the check is issued or the transfer takes effect.
  package let date: CalendarDate
  /// TRN02: the number of the check or transfer, else one of the remittance's own. Never used twice.
  package let trace: String
  /// TRN03 and BPR10: 1 and the payer's tax number.
  package let originator: String

  /// - Throws: `RemittanceError` when the amount is below zero or over the limit, or does not go with the method.
  package init(
    amount: Money, method: PaymentMethod, date: CalendarDate, trace: String, originator: String
  ) throws(RemittanceError) {
    guard !amount.isNegative else { throw .negativePayment(check: trace) }
    guard amount <= .claimLimit else { throw .tooLarge(at: .check(trace)) }
    guard (amount == .zero) == (method == .none) else { throw .methodDoesNotFitPayment(check: trace) }
    self.amount = amount
    self.method = method
    self.date = date
    self.trace = trace
    self.originator = originator
  }
}

/// BPR04, how the money goes.
package enum PaymentMethod: Hashable, Sendable {
  /// CHK.
  case check
  /// ACH in the format CCP: the remittance goes apart from the money, and is joined to it by its trace number.
  case transfer(FundsTransfer)
  /// NON: nothing is paid.
  case none
}

/// From which account to which: BPR06 to BPR09 and BPR12 to BPR15. Routing numbers are those of the ABA, accounts are
/// demand deposits.
package struct FundsTransfer: Hashable, Sendable {
  package var senderRouting: String
  package var senderAccount: String
  package var receiverRouting: String
  package var receiverAccount: String

  package init(senderRouting: String, senderAccount: String, receiverRouting: String, receiverAccount: String) {
    self.senderRouting = senderRouting
    self.senderAccount = senderAccount
    self.receiverRouting = receiverRouting
    self.receiverAccount = receiverAccount
  }
}

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

/// PLB03-1 as we write it.
package enum ProviderAdjustmentReason: String, Sendable, Codable, CaseIterable {
  case penalty = "50"
  case interimPayment = "AP"
  case authorizedReturn = "72"
  case adjustment = "CS"
  /// A balance that is carried to or from another check.
  case forwardingBalance = "FB"
  case interestOwed = "L6"
  case internalRevenueWithholding = "IR"
  case levy = "LE"
  /// What was paid too much on earlier claims, taken back.
  case overpaymentRecovery = "WO"
}
