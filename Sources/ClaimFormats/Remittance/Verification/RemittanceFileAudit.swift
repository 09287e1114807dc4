/// Checks a file of remittances, anybody's: first its envelopes, then each transaction on its three levels. The file is
/// read twice, and never held.
package struct RemittanceFileAudit {
  /// What is wrong with ISA to IEA, GS to GE, ST to SE: counts, control numbers, trailers.
  package let envelopeFaults: [FileFault]
  /// Set when there is no 835 in the file; nothing else is then to be had from it.
  package let refusal: FileFault?
  private var reader: RemittanceReader
  private var audit: RemittanceAudit?

  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes) throws(InputError) {
    let report = try EnvelopeCheck.report(on: source, expecting: .remittances)
    refusal = report.isOfAnotherKind ? report.fileFaults.last : nil
    envelopeFaults = report.isOfAnotherKind ? [] : report.fileFaults
    reader = RemittanceReader(source)
  }

  /// The next transaction's verdict; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> RemittanceVerdict? {
    while let item = try reader.next() {
      switch item {
      case .opened(let check): audit = RemittanceAudit(check)
      case .claim(let claim): audit?.take(claim)
      case .adjusted(let adjustments): audit?.take(adjustments)
      case .closed:
        audit?.close()
        let verdict = audit?.verdict
        audit = nil
        if let verdict { return verdict }
      }
    }
    return nil
  }
}
