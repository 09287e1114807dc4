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
