import ClaimsDomain

/// Checks a remittance file from any source: first its envelopes, then each transaction on its three levels. The file
/// is read twice and never held in memory.
package struct RemittanceFileAudit {
  /// The faults of the envelopes ISA to IEA, GS to GE, and ST to SE: counts, control numbers, trailers.
  package let envelopeFaults: [FileFault]
  /// Set when the file contains no 835. The audit then yields nothing else.
  package let refusal: FileFault?
  private var reader: RemittanceReader
  private var audit: RemittanceAudit?

  /// - Throws: `InputError` if the source cannot be read.
  package init(_ source: any ClaimBytes) throws(InputError) {
    let report = try EnvelopeCheck.report(on: source, expecting: .remittances)
    refusal = report.isOfAnotherKind ? report.fileFaults.last : nil
    envelopeFaults = report.isOfAnotherKind ? [] : report.fileFaults
    reader = RemittanceReader(source)
  }

  /// Returns the next transaction's verdict, or nil at the end.
  ///
  /// - Throws: `InputError` if the source cannot be read.
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

/// The counts over all files of a run.
package struct RemittanceAuditSummary: Hashable, Sendable {
  package var files = 0
  package var transactions = 0
  package var balanced = 0
  package var claims = 0
  package var envelopeFaults = 0
  /// Inputs that are not an 835 or cannot be read.
  package var refused = 0

  package init() {}

  package mutating func count(_ verdict: RemittanceVerdict) {
    transactions += 1
    claims += verdict.claims
    if verdict.isBalanced { balanced += 1 }
  }

  /// Whether every transaction balances and every envelope is intact.
  package var isClean: Bool { balanced == transactions && envelopeFaults == 0 }

  /// The summary as a line of JSON, with its line feed.
  package var jsonLine: [UInt8] {
    OrderedJSON.line {
      $0.object { json in
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
    }
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
    OrderedJSON.line {
      $0.object { json in
        json.member("file", file)
        json.key("envelope")
        json.object { json in
          json.member("location", location?.description)
          json.member("reason", what)
        }
      }
    }
  }
}
