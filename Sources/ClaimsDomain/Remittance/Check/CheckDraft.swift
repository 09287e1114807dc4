/// A check before it has a number: its claims, and what its payee owed before. Plain values in, an 835 out.
package struct CheckDraft: Hashable, Sendable {
  package let payee: RemittancePayee
  /// Reversals first: they clear the account for what is told anew (TR3 005010X221A1, 1.10.2.8).
  package let items: [CheckItem]
  package let carried: ForwardedBalance?

  package init(payee: RemittancePayee, items: [CheckItem], carried: ForwardedBalance?) {
    self.payee = payee
    self.items = items.filter { $0.payment.status == .reversal } + items.filter { $0.payment.status != .reversal }
    self.carried = carried
  }

  /// - Parameter trace: TRN02.
  /// - Throws: `RemittanceError`.
  package func plan(trace: String) throws(RemittanceError) -> CheckPlan {
    let (moved, interest): (Money, Money)
    do throws(MoneyError) {
      moved = try items.lazy.map(\.moved).total()
      interest = try items.map { item throws(MoneyError) in try item.interest }.total()
    } catch {
      throw .overflow(at: .check(trace))
    }
    return try CheckPlan(
      claimsPaid: items.map(\.payment.paid), interest: interest, moved: moved, carried: carried, trace: trace)
  }

  /// What the provider is sent.
  ///
  /// - Parameters:
  ///   - day: of the check, and up to which claims are in it.
  ///   - trace: TRN02.
  /// - Throws: `RemittanceError`.
  package func advice(
    _ plan: CheckPlan, from issuer: RemittanceIssuer, on day: CalendarDate, trace: String
  ) throws(RemittanceError) -> RemittanceAdvice {
    try RemittanceAdvice(
      payment: RemittancePayment(
        amount: plan.payment, method: plan.payment == .zero ? .none : .check, date: day, trace: trace,
        originator: issuer.originator),
      producedOn: day, payer: issuer.payer, payee: payee, claims: items.map(\.payment), adjustments: plan.adjustments,
      // The payee's own fiscal year is not known to us; the guide then has the last day of the calendar year.
      fiscalPeriodEnd: CalendarDate(year: day.year, month: 12, day: 31) ?? day)
  }
}
