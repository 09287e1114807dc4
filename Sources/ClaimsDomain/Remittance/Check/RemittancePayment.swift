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
