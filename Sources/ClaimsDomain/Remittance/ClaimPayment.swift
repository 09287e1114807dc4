/// The result of one claim (loop 2100), as reported to the provider. It cannot exist out of balance: every line
/// balances, and so does the claim by its lines and by its own adjustments (TR3 005010X221A1, 1.10.2.1).
package struct ClaimPayment: Hashable, Sendable {
  /// CLP01, the provider's own number, as submitted.
  package let claimNumber: ClaimNumber
  package let status: ClaimPaymentStatus
  /// CLP03.
  package let charge: Money
  /// CLP04.
  package let paid: Money
  /// CLP07.
  package let controlNumber: ClaimIntakeID
  /// CAS segments of the claim as a whole, not repeated on its lines; adjustments of the same group are adjacent.
  package let adjustments: [RemittedAdjustment]
  /// All of the claim's lines, or none (inpatient claims that were priced as a whole).
  package let lines: [LinePayment]
  package let details: ClaimPaymentDetails
  /// Everything under group PR, on the claim and on its lines (RFI 2548).
  package let patientResponsibility: Money

  /// - Throws: `RemittanceError` when a line or the claim does not balance, lines are missing, or an amount does not
  ///   fit the status.
  package init(
    claimNumber: ClaimNumber, status: ClaimPaymentStatus, charge: Money, paid: Money, controlNumber: ClaimIntakeID,
    adjustments: [RemittedAdjustment] = [], lines: [LinePayment], details: ClaimPaymentDetails
  ) throws(RemittanceError) {
    self.claimNumber = claimNumber
    self.status = status
    self.charge = charge
    self.paid = paid
    self.controlNumber = controlNumber
    self.adjustments = adjustments.gatheredByGroup
    self.lines = lines
    self.details = details
    let place = RemittancePlace.claim(claimNumber)
    do throws(MoneyError) {
      patientResponsibility = try (adjustments + lines.flatMap(\.adjustments)).lazy
        .filter { $0.group == .patientResponsibility }.map(\.amount).total()
    } catch {
      throw .overflow(at: place)
    }
    try check(at: place)
  }

  private func check(at place: RemittancePlace) throws(RemittanceError) {
    let isReversal = status == .reversal
    for (index, line) in lines.enumerated() {
      try line.check(at: .line(index + 1, of: claimNumber), isReversal: isReversal)
    }
    let difference: RemittanceDifference?
    let lineDifference: RemittanceDifference?
    do throws(MoneyError) {
      difference = try RemittanceBalance.ofClaim(
        charge: charge, adjustments: adjustments.lazy.map(\.amount),
        lineAdjustments: try lines.lazy.flatMap(\.adjustments).map(\.amount).total(), paid: paid)
      lineDifference = try RemittanceDifference(expected: lines.lazy.map(\.charge).total(), found: charge)
    } catch {
      throw .overflow(at: place)
    }
    if let difference { throw .imbalance(difference, at: place) }
    // Together with the sums above, this implies Σ SVC03 - Σ CAS of the claim = CLP04.
    if let lineDifference, !lines.isEmpty { throw .imbalance(lineDifference, at: place) }
    try RemittedAmounts.check(
      charge: charge, paid: paid, adjustments: adjustments, supplements: details.amounts, at: place,
      isReversal: isReversal)
    if let remarks = details.remarks, remarks.codes.count > ClaimRemarks.limit { throw .tooManyRemarks(claimNumber) }
    if status.paysNothing, paid != .zero { throw .paidThoughDenied(claimNumber) }
  }
}

/// CLP02 values that we write. Predetermination (25) moves no money and is only read.
package enum ClaimPaymentStatus: String, Sendable, Codable, CaseIterable {
  case primary = "1"
  case secondary = "2"
  case tertiary = "3"
  /// Used only when the patient or the coverage was not found; a known member's claim that pays nothing has 1, 2, or 3
  /// (TR3 005010X221A1, CLP02).
  case denied = "4"
  case primaryForwarded = "19"
  case secondaryForwarded = "20"
  case tertiaryForwarded = "21"
  case reversal = "22"
  /// Not our claim: forwarded to the responsible payer.
  case notOurClaimForwarded = "23"

  package var paysNothing: Bool { self == .denied || self == .notOurClaimForwarded }
}
