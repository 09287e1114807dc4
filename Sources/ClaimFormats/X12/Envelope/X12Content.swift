/// What an X12 file is about.
package enum X12Content {
  /// ST01 of the first transaction: `837`. Nil when the file has no transaction.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package static func firstTransaction(of source: any ClaimBytes) throws(InputError) -> String? {
    var tokenizer = X12Tokenizer(source)
    var segment = X12Segment()
    while try tokenizer.advance() {
      guard tokenizer.name == "ST" else { continue }
      tokenizer.read(into: &segment)
      return segment.text(1)
    }
    return nil
  }
}
