package import ClaimsDomain
package import DurableExecution

/// The key of one claim as it was submitted: `idemp:intake:{payer_id}:{claim_number}:{claim_digest}`.
package struct IntakeKey: EffectKey {
  package typealias Response = IntakeResponse
  package static let effect = "intake"
  package static let retention = Retention.financial

  package let payerID: PayerID
  package let claimNumber: ClaimNumber
  /// SHA-256 of the claim's own content.
  package let digest: String

  package init(of claim: SubmittedClaim) {
    payerID = claim.payer.id
    claimNumber = claim.claimNumber
    digest = claim.digest
  }

  package var segments: [String] { [payerID.text, claimNumber.text, digest] }

  /// Our number for the claim, derived from the key so that the same claim always gets the same number.
  package var claimID: ClaimIntakeID { Self.claimID(under: text) }

  package static func claimID(under key: KeyText) -> ClaimIntakeID { ClaimIntakeID("CLM-\(key.digest.prefix(20))") }
}

/// The response for an accepted claim.
package struct IntakeResponse: Hashable, Sendable, Codable {
  package var claimIntakeID: ClaimIntakeID
  package var receivedOn: CalendarDate
  /// Fixed at intake: the claim is decided under these rules, whenever that happens.
  package var ruleset: RulesetID

  enum CodingKeys: String, CodingKey {
    case ruleset
    case claimIntakeID = "claim_intake_id"
    case receivedOn = "received_on"
  }
}

extension IntakeResponse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("claim_intake_id", claimIntakeID)
    try object.member("received_on", receivedOn)
    try object.member("ruleset", ruleset)
  }
}
