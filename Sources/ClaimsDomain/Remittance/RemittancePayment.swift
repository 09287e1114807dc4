/// The payment that a remittance explains: BPR and TRN.
package struct RemittancePayment: Hashable, Sendable {
  /// BPR02; never negative.
  package let amount: Money
  package let method: PaymentMethod
  /// BPR16: the date when the check is issued or the transfer takes effect.
  package let date: CalendarDate
  /// TRN02: the number of the check or transfer, else a number of the remittance itself. Never reused.
  package let trace: String
  /// TRN03 and BPR10: 1 and the payer's tax ID.
  package let originator: String

  /// - Throws: `RemittanceError` when the amount is negative, exceeds the limit, or does not fit the method.
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

/// BPR04, the payment method.
package enum PaymentMethod: Hashable, Sendable {
  /// CHK.
  case check
  /// ACH in CCP format: the remittance is sent separately from the money and matched to it by its trace number.
  case transfer(FundsTransfer)
  /// NON: nothing is paid.
  case none
}

/// The accounts of a transfer: BPR06 to BPR09 and BPR12 to BPR15. Routing numbers are ABA numbers, and accounts are
/// demand deposit accounts.
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
