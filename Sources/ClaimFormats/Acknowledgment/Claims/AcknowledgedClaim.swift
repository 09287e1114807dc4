package import ClaimsDomain

/// A claim in a 277CA: taken in or sent back (loop 2200D).
package struct AcknowledgedClaim: Hashable, Sendable {
  /// CLM01, as it was submitted.
  package var claimNumber: ClaimNumber
  package var patient: RemittedPerson
  package var charge: Money
  package var serviceDates: DateRange
  package var outcome: Outcome

  package enum Outcome: Hashable, Sendable {
    /// With the payer's number of the claim.
    case accepted(ClaimIntakeID)
    /// The first reason, and any others.
    case rejected(ClaimStatusCode, others: [ClaimStatusCode] = [])
  }

  package init(
    claimNumber: ClaimNumber, patient: RemittedPerson, charge: Money, serviceDates: DateRange, outcome: Outcome
  ) {
    self.claimNumber = claimNumber
    self.patient = patient
    self.charge = charge
    self.serviceDates = serviceDates
    self.outcome = outcome
  }

  var isAccepted: Bool { if case .accepted = outcome { true } else { false } }
}
