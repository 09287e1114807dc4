package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Puts a remittance on record: the claims it tells of are told, and its file is the response.
package struct RemittanceActivity<Transaction: ClaimTransaction>: LocalActivity {
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
