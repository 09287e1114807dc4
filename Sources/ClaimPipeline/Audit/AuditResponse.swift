/// An outcome is on record.
package struct AuditResponse: Hashable, Sendable, Codable {
  package var auditID: String
  /// SHA-256 over the digests of the responses it rests on, hex.
  package var evidence: String

  enum CodingKeys: String, CodingKey {
    case evidence
    case auditID = "audit_id"
  }
}
