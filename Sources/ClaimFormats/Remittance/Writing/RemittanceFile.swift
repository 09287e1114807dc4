package import ClaimsDomain

/// Remittances as an X12 835 file, implementation 005010X221A1. Equal input gives equal bytes.
package enum RemittanceFile {
  /// One transaction for each advice, in the order given.
  ///
  /// - Parameter firstTransaction: ST02 of the first; the others follow it.
  /// - Throws: `X12WriteError` when an element has nothing to say that is required, or would have to be cut.
  package static func bytes(
    _ advices: [RemittanceAdvice], in envelope: X12Envelope, firstTransaction: X12ControlNumber
  ) throws(X12WriteError) -> [UInt8] {
    var file = try X12InterchangeWriter(envelope, .remittance, firstTransaction: firstTransaction)
    for advice in advices {
      try file.transaction { writer throws(X12WriteError) in try writer.write(advice) }
    }
    return file.bytes
  }

  /// Why a claim cannot be written; nil when it can.
  package static func refusal(of claim: ClaimPayment) -> X12WriteError? {
    var writer = X12TransactionWriter()
    do throws(X12WriteError) {
      try writer.write(claim)
      return nil
    } catch {
      return error
    }
  }
}
