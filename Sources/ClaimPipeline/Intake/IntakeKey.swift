package import ClaimsDomain
package import DurableExecution

/// One claim as it was sent: `idemp:intake:{payer_id}:{claim_number}:{file_digest}`.
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

  /// The number we give the claim: derived, so that whoever takes the same claim in gives it the same.
  package var claimID: ClaimIntakeID { Self.claimID(under: text) }

  package static func claimID(under key: KeyText) -> ClaimIntakeID { ClaimIntakeID("CLM-\(key.digest.prefix(20))") }
}

/// A claim was taken in.
package struct IntakeResponse: Hashable, Sendable, Codable {
  package var claimIntakeID: ClaimIntakeID
  package var receivedOn: CalendarDate
  /// Fixed here: the claim is decided by these rules whenever that happens.
  package var ruleset: RulesetID

  enum CodingKeys: String, CodingKey {
    case ruleset
    case claimIntakeID = "claim_intake_id"
    case receivedOn = "received_on"
  }
}
