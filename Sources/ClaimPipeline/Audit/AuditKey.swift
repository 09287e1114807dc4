package import ClaimsDomain
package import DurableExecution

/// The key of an outcome's record: `idemp:audit:{adjudication_id}:{event}`.
package struct AuditKey: EffectKey {
  package typealias Response = AuditResponse
  package static let effect = "audit"
  package static let retention = Retention.financial

  package let adjudicationID: AdjudicationID
  /// `paid`, `denied`, or `suspended`.
  package let event: String

  package init(adjudicationID: AdjudicationID, event: String) {
    self.adjudicationID = adjudicationID
    self.event = event
  }

  package var segments: [String] { [adjudicationID.text, event] }
}

/// The response for an outcome that is on record.
package struct AuditResponse: Hashable, Sendable, Codable {
  package var auditID: String
  /// SHA-256 over the digests of the responses that support the outcome, in hex.
  package var evidence: String

  enum CodingKeys: String, CodingKey {
    case evidence
    case auditID = "audit_id"
  }
}

extension AuditResponse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("audit_id", auditID)
    try object.member("evidence", evidence)
  }
}
