package import ClaimsDomain

/// Finds out what a 999 has to say of a file of claims, from what intake knows: its check of the envelopes, and the
/// claims it could not read.
package enum AcknowledgmentReader {
  /// One for each functional group, in file order. A file that is no X12 has none.
  ///
  /// - Parameters:
  ///   - rejections: what the X12 reader rejected in this file.
  ///   - partners: those that it was read by.
  /// - Throws: `InputError` when the source cannot be read.
  package static func groups(
    in source: any ClaimBytes, rejections: [ClaimRejection], partners: PartnerProfiles = PartnerProfiles()
  ) throws(InputError) -> [GroupAcknowledgment] {
    var draft = AcknowledgmentDraft(
      report: try EnvelopeCheck.report(on: source), rejections: rejections, partners: partners)
    var tokenizer = X12Tokenizer(source)
    while try tokenizer.advance() { draft.take(&tokenizer) }
    return draft.finished
  }
}
