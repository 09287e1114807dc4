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
