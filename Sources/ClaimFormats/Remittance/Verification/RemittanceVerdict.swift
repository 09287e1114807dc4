package import ClaimsDomain

/// The result of checking one transaction of an 835 file.
package struct RemittanceVerdict: Hashable, Sendable {
  /// The maximum number of findings that are listed; any others are only counted.
  package static let limit = 1_000

  /// The number of its ST segment, from 1 through the file.
  package var segment: Int
  /// ST02.
  package var control: String?
  /// TRN02.
  package var trace: String?
  /// BPR02.
  package var payment: Money?
  package var claims = 0
  package private(set) var findings: [RemittanceFinding] = []
  package private(set) var findingsLeftOff = 0

  package var isBalanced: Bool { findings.isEmpty }

  mutating func add(_ finding: RemittanceFinding) {
    if findings.count < Self.limit { findings.append(finding) } else { findingsLeftOff += 1 }
  }
}

extension RemittanceVerdict {
  /// The verdict as a line of JSON, with its line feed.
  package func jsonLine(file: String) -> [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.member("file", file)
        json.member("transaction", control)
        json.member("segment", segment)
        json.member("check", trace)
        json.member("claims", claims)
        json.member("payment", payment)
        json.member("balanced", isBalanced)
        json.key("findings")
        json.array(findings) { $1.write(to: &$0) }
        json.member("findings_left_off", findingsLeftOff)
      }
    }
  }
}

extension RemittanceFinding {
  /// Writes the same keys for every finding; those that do not apply are null.
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("level", level.rawValue)
      json.member("claim", claim)
      json.member("claim_number", claimNumber)
      json.member("line", line)
      json.member("location", location.description)
      json.member("rule", level.rule)
      json.member("expected", sum?.expected)
      json.member("found", sum?.found)
      json.member("difference", sum?.difference)
      json.member("reason", reason)
    }
  }
}

extension RemittanceVerdict {
  /// The verdict as people read it: one line for the transaction, and one for each finding.
  package func text(file: String) -> String {
    let paid = payment.map { "payment \($0.dollars)" } ?? "payment unknown"
    let head = [
      "transaction \((control ?? "(none)").displayed)", "check \((trace ?? "(none)").displayed)",
      "\(claims) \(claims == 1 ? "claim" : "claims")", paid,
    ]
    var lines = ["\(file): \(head.joined(separator: ", ")): \(isBalanced ? "balanced" : "NOT BALANCED")"]
    lines += findings.map { "  \($0)" }
    if findingsLeftOff > 0 { lines.append("  and \(findingsLeftOff) more") }
    return lines.joined(separator: "\n") + "\n"
  }
}
