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
