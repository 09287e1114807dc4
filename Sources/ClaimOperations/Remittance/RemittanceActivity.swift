import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Records a remittance and marks its claims as reported. The response is the file itself.
package struct RemittanceActivity<Transaction: RemittingRecords>: LocalActivity {
  package typealias Key = RemittanceKey
  package var agent = AgentVersion("RemittanceAgent", "1.0.0")
  package let eventType = "remittance-issued"

  package func key(for request: RemittanceRequest) -> RemittanceKey { request.key }

  package func stream(for request: RemittanceRequest, key: KeyText) -> String {
    RemittanceRequest.remittanceID(under: key).text
  }

  package func facts(of response: RemittanceResponse) -> [String: String] {
    ["sha256": ContentDigest.sha256(response.bytes)]
  }

  package func perform(
    _ calls: [OwnedCall<RemittanceRequest>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<RemittanceResponse, ActivityFailure>> {
    try calls.answers { call in
      var row = call.request.row
      row.effectKey = call.effectKey
      try transaction.insert(row, telling: call.request.claims)
      return .success(RemittanceResponse(bytes: call.request.file))
    }
  }
}

/// A remittance to be issued, with its file.
package struct RemittanceRequest: Encodable, Sendable {
  package let claims: [DueClaim]
  package let row: RemittanceRow
  package let file: [UInt8]

  package var key: RemittanceKey { RemittanceKey(payee: row.payee.reference, claims: claims) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row.payee, forKey: .payee)
    try container.encode(row.claimsPaid, forKey: .claimsPaid)
    try container.encode(row.amount, forKey: .amount)
    try container.encode(claims.map(\.paymentID), forKey: .payments)
  }

  enum CodingKeys: String, CodingKey {
    case payee, amount, payments
    case claimsPaid = "claims_paid"
  }

  package static func remittanceID(under key: KeyText) -> RemittanceID { RemittanceID("REM-\(key.digest.prefix(20))") }
}

/// A port to the format in which a remittance is sent.
package protocol RemittanceFormat: Sendable {
  /// Returns why a claim cannot be reported in this format; nil when it can. The reason reveals nothing about a
  /// patient.
  func refusal(of claim: ClaimPayment) -> String?

  /// - Parameters:
  ///   - number: the number of the remittance, from 1.
  ///   - written: the current time.
  /// - Throws: an error whose description says why the file cannot be written and reveals nothing about a patient.
  func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) throws -> [UInt8]
}
