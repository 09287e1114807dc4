package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Records the outcome of a claim, with the evidence for it.
package struct AuditActivity<Transaction: AuditRecords>: LocalActivity {
  package typealias Key = AuditKey
  package var agent = AgentVersion("AuditAgent", "1.0.0")
  package let eventType = "claim-audited"

  package struct Request: Encodable, Sendable {
    package let claim: ClaimRow
    package let adjudicationID: AdjudicationID
    package let event: String
    package let evidence: AuditEvidence

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(claim.id, forKey: .claimID)
      try container.encode(adjudicationID, forKey: .adjudicationID)
      try container.encode(event, forKey: .event)
      try container.encode(evidence.digest, forKey: .evidence)
    }

    enum CodingKeys: String, CodingKey {
      case event, evidence
      case claimID = "claim_intake_id"
      case adjudicationID = "adjudication_id"
    }
  }

  package func key(for request: Request) -> AuditKey {
    AuditKey(adjudicationID: request.adjudicationID, event: request.event)
  }

  package func stream(for request: Request, key: KeyText) -> String { request.claim.id.text }

  package func facts(of response: AuditResponse) -> [String: String] { ["audit_id": response.auditID] }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<AuditResponse, ActivityFailure>> {
    try transaction.insert(calls.map { row(of: $0) })
    try transaction.update(
      calls.map { call in call.request.claim.advanced { $0.keys.audit = call.effectKey } })
    return calls.answers { call in
      let row = row(of: call)
      return .success(AuditResponse(auditID: row.id, evidence: row.evidence))
    }
  }

  private func row(of call: OwnedCall<Request>) -> AuditRow {
    AuditRow(
      id: "AUD-\(call.effectKey.digest.prefix(20))", claimID: call.request.claim.id,
      adjudicationID: call.request.adjudicationID, event: call.request.event, effectKey: call.effectKey,
      evidence: call.request.evidence.digest)
  }
}

extension AuditActivity.Request: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("adjudication_id", adjudicationID)
    try object.member("claim_intake_id", claim.id)
    try object.member("event", event)
    try object.member("evidence", evidence.digest)
  }
}

/// The evidence of an audit record, as one digest of the stored responses in the order in which they were made.
package struct AuditEvidence: Hashable, Sendable {
  /// SHA-256, hex.
  package let digest: String

  package init(responseDigests: [String]) {
    digest = ContentDigest.sha256(responseDigests.joined(separator: "\n").utf8)
  }
}
