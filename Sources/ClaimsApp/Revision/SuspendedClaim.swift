import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain
import DurableExecution

/// A claim on the work list: what it waits for, and what a person can do about it.
package struct SuspendedClaim: Sendable {
  package let row: ClaimRow
  /// `other-payer-first`.
  package let code: String
  /// For people.
  package let text: String
  package let advice: String
  /// Numbers of the lines it waits for; none where it waits as a whole.
  package let lines: [Int]
  /// Those to look at beside it.
  package let otherClaims: [ClaimIntakeID]

  /// - Throws: `StoreFailure`.
  package init(_ row: ClaimRow, in transaction: some ClaimTransaction) throws {
    self.row = row
    let file = try ClaimFile(row, in: transaction)
    if case .suspended(let suspense)? = file.response?.verdict {
      (code, text) = (suspense.code, suspense.text)
      (lines, otherClaims) = (suspense.lines, suspense.otherClaims)
      let deny = "claims suspense deny \(row.id) --code CO-16 --reason …"
      advice = suspense.command(for: row.id).map { "\($0), or \(deny)" } ?? deny
    } else {
      let refused = file.records.last { $0.status == .failed }
      let failure = refused?.response.flatMap {
        try? StoredDocument.read(Problem.self, from: $0.bytes, "the refusal of claim \(row.id)")
      }
      code = failure?.code ?? "payment-refused"
      text = failure?.title ?? "its payment was refused"
      (lines, otherClaims) = ([], [])
      advice = refused.map { "claims keys release '\($0.key)' --reason …, then run the claim again" } ?? "see its keys"
    }
  }

  /// As a failure is stored (RFC 9457).
  private struct Problem: Decodable {
    var type: String
    var title: String

    var code: String? { type.split(separator: ":").last.map(String.init) }
  }

  /// With its line feed.
  package var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("claim_intake_id", row.id.text)
      json.member("claim_number", row.claimNumber.text)
      json.member("received_on", row.receivedOn.description)
      json.member("charge", row.charge)
      json.member("code", code)
      json.member("text", text)
      json.key("lines")
      json.array(lines) { $0.integer($1) }
      json.key("other_claims")
      json.array(otherClaims) { $0.string($1.text) }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

extension Suspense {
  /// The command that gives a claim what it waits for, with the lines it waits for; nil where only its provider can.
  package func command(for id: ClaimIntakeID) -> String? {
    let command = reason.command(for: id)
    guard !lines.isEmpty else { return command }
    return command?.replacing("LINE AMOUNT", with: lines.map { "\($0) AMOUNT" }.joined(separator: " "))
  }
}

extension SuspenseReason {
  /// The command that gives a claim what it waits for; nil where only its provider can, by sending it anew.
  package func command(for id: ClaimIntakeID) -> String? {
    switch remedy {
    case .release: "claims suspense release \(id) --reason …"
    case .price: "claims suspense price \(id) LINE AMOUNT --reason …"
    case .otherPayer: "claims suspense other-payer \(id) --payer ID --turn P --paid AMOUNT --left AMOUNT --reason …"
    case .document: "claims suspense accept \(id) DOCUMENT --reason …"
    case .rules: "claims rules import …, then claims suspense release \(id) --reason …"
    case .sendAgain: isAboutPriorClaim ? "claims suspense release \(id) --reason …" : nil
    }
  }
}
