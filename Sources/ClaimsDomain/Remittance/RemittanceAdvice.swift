/// One 835 transaction: a check, or no payment, and the claims it covers. It cannot exist out of balance on any of the
/// three levels, nor with a negative check.
package struct RemittanceAdvice: Hashable, Sendable {
  package let payment: RemittancePayment
  /// DTM*405: the last day for claims in this remittance.
  package let producedOn: CalendarDate
  /// REF*EV: the receiver of the file, when it is not the payee.
  package let receiverID: String?
  package let payer: RemittancePayer
  package let payee: RemittancePayee
  package let claims: [ClaimPayment]
  package let adjustments: [ProviderAdjustment]
  /// PLB02: the last day of the payee's fiscal year, or of the calendar year when the fiscal year is unknown.
  package let fiscalPeriodEnd: CalendarDate

  /// - Throws: `RemittanceError` when Σ CLP04 - Σ PLB is not the amount paid, an adjustment is zero, or a corrected
  ///   claim precedes the reversal of the claim that it corrects.
  package init(
    payment: RemittancePayment, producedOn: CalendarDate, receiverID: String? = nil, payer: RemittancePayer,
    payee: RemittancePayee, claims: [ClaimPayment], adjustments: [ProviderAdjustment] = [],
    fiscalPeriodEnd: CalendarDate
  ) throws(RemittanceError) {
    self.payment = payment
    self.producedOn = producedOn
    self.receiverID = receiverID
    self.payer = payer
    self.payee = payee
    self.claims = claims
    self.adjustments = adjustments
    self.fiscalPeriodEnd = fiscalPeriodEnd
    try checkSums()
    try checkOrder()
  }

  private func checkSums() throws(RemittanceError) {
    let place = RemittancePlace.check(payment.trace)
    guard adjustments.allSatisfy({ $0.amount != .zero }) else { throw .emptyProviderAdjustment(check: payment.trace) }
    guard adjustments.allSatisfy({ RemittedAmounts.isWithinLimit($0.amount) }) else { throw .tooLarge(at: place) }
    let difference: RemittanceDifference?
    do throws(MoneyError) {
      difference = try RemittanceBalance.ofCheck(
        claimsPaid: claims.lazy.map(\.paid).total(), providerAdjustments: adjustments.lazy.map(\.amount).total(),
        payment: payment.amount)
    } catch {
      throw .overflow(at: place)
    }
    if let difference { throw .imbalance(difference, at: place) }
  }

  /// Checks that a reversal clears the account before the corrected claim is posted to it.
  private func checkOrder() throws(RemittanceError) {
    var corrected: Set<String> = []
    for claim in claims {
      if claim.status == .reversal {
        guard !corrected.contains(claim.controlNumber.text) else {
          throw .correctionBeforeReversal(claim.claimNumber)
        }
      } else {
        corrected.formUnion(claim.details.references.lazy.filter { $0.qualifier == "F8" }.map(\.value))
      }
    }
  }
}
