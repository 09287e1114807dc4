package import ClaimsDomain

/// What became of the claims of one batch, told to whoever sent it: a 277CA transaction (TR3 005010X214).
package struct ClaimAcknowledgment: Hashable, Sendable {
  /// BHT03 and the payer's TRN02: our own number for this acknowledgment.
  package var reference: String
  package var payer: Payer
  /// NM1*41 of the 837.
  package var submitterName: String
  package var submitterID: String
  /// BHT03 of the 837.
  package var batch: String
  package var receivedOn: CalendarDate
  package var processed: X12Moment
  /// Each with a claim at least.
  package let providers: [AcknowledgedProvider]

  /// Nil without a claim: there is then nothing to acknowledge, and the guide has no such transaction.
  package init?(
    reference: String, payer: Payer, submitterName: String, submitterID: String, batch: String,
    receivedOn: CalendarDate, processed: X12Moment, providers: [AcknowledgedProvider]
  ) {
    self.reference = reference
    self.payer = payer
    self.submitterName = submitterName
    self.submitterID = submitterID
    self.batch = batch
    self.receivedOn = receivedOn
    self.processed = processed
    self.providers = providers.filter { !$0.claims.isEmpty }
    guard !self.providers.isEmpty else { return nil }
  }
}

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

/// A billing provider in a 277CA, with the claims that came from it (loop 2000C).
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

/// How many of some claims were taken in and sent back, and what they charge.
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

/// Claim acknowledgments as an X12 277 file, implementation 005010X214. Equal input gives equal bytes.
package enum ClaimAcknowledgmentFile {
  /// - Parameter firstTransaction: ST02 of the first; the others follow it.
  /// - Throws: `X12WriteError` when an element has nothing to say that is required, or would have to be cut.
  package static func bytes(
    _ acknowledgments: [ClaimAcknowledgment], in envelope: X12Envelope, firstTransaction: X12ControlNumber
  ) throws(X12WriteError) -> [UInt8] {
    var file = try X12InterchangeWriter(envelope, .claimAcknowledgment, firstTransaction: firstTransaction)
    for acknowledgment in acknowledgments {
      try file.transaction { writer throws(X12WriteError) in try writer.write(acknowledgment) }
    }
    return file.bytes
  }
}
