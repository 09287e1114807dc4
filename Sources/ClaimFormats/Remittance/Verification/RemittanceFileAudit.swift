import ClaimsDomain

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

/// Counts over all files of a run.
package struct RemittanceAuditSummary: Hashable, Sendable {
  package var files = 0
  package var transactions = 0
  package var balanced = 0
  package var claims = 0
  package var envelopeFaults = 0
  /// Inputs that are no 835, or cannot be read.
  package var refused = 0

  package init() {}

  package mutating func count(_ verdict: RemittanceVerdict) {
    transactions += 1
    claims += verdict.claims
    if verdict.isBalanced { balanced += 1 }
  }

  /// All that was looked at balances, in whole envelopes.
  package var isClean: Bool { balanced == transactions && envelopeFaults == 0 }

  /// One line of JSON with its line feed.
  package var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.member("files", files)
        json.member("transactions", transactions)
        json.member("balanced", balanced)
        json.member("claims", claims)
        json.member("envelope_faults", envelopeFaults)
        json.member("refused", refused)
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  package var text: String {
    let files = "\(files) \(files == 1 ? "file" : "files")"
    let claims = "\(claims) \(claims == 1 ? "claim" : "claims")"
    return "\(balanced) of \(transactions) transactions balanced, in \(files) with \(claims)\n"
  }
}

extension FileFault {
  /// A fault of a remittance file's envelope as a line of JSON.
  package func envelopeLine(file: String) -> [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("file", file)
      json.key("envelope")
      json.object { json in
        json.member("location", location?.description)
        json.member("reason", what)
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
