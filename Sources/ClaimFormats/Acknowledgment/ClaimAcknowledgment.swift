package import ClaimsDomain

/// The outcome of the claims of one batch, reported to its sender: a 277CA transaction (TR3 005010X214).
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
  /// The providers, each with at least one claim.
  package let providers: [AcknowledgedProvider]

  /// Returns nil when there are no claims to acknowledge; the guide has no transaction without claims.
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

/// Claim acknowledgments as an X12 277 file, implementation 005010X214. Equal input gives equal bytes.
package enum ClaimAcknowledgmentFile {
  /// - Parameter firstTransaction: ST02 of the first transaction; the others count up from it.
  /// - Throws: `X12WriteError` when a required element has no value, or a value would have to be truncated.
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
