package import ClaimsDomain

/// A claim in a 277CA, accepted or rejected (loop 2200D).
package struct AcknowledgedClaim: Hashable, Sendable {
  /// CLM01, as it was submitted.
  package var claimNumber: ClaimNumber
  package var patient: RemittedPerson
  package var charge: Money
  package var serviceDates: DateRange
  package var outcome: Outcome

  package enum Outcome: Hashable, Sendable {
    /// Accepted, with the payer's number for the claim.
    case accepted(ClaimIntakeID)
    /// Rejected, with the first reason and any others.
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

/// A billing provider in a 277CA, with its claims (loop 2000C).
package struct AcknowledgedProvider: Hashable, Sendable {
  package var name: String
  package var identity: RemittancePayee.Identity
  package var claims: [AcknowledgedClaim]

  package init(name: String, identity: RemittancePayee.Identity, claims: [AcknowledgedClaim]) {
    self.name = name
    self.identity = identity
    self.claims = claims
  }
}

/// The number of accepted and rejected claims, and their charges.
struct AcknowledgedTotals {
  let accepted: Int
  let rejected: Int
  let acceptedCharge: Money
  let rejectedCharge: Money
  let charge: Money

  /// - Throws: `MoneyError.overflow`.
  init(_ claims: [AcknowledgedClaim]) throws(MoneyError) {
    let taken = claims.filter(\.isAccepted)
    accepted = taken.count
    rejected = claims.count - taken.count
    acceptedCharge = try taken.map(\.charge).total()
    charge = try claims.map(\.charge).total()
    rejectedCharge = try charge - acceptedCharge
  }
}
