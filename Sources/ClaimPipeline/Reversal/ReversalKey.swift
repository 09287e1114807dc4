package import ClaimsDomain
package import DurableExecution

/// The undoing of a decision, once for each claim: `idemp:reversal:{claim_intake_id}`.
package struct ReversalKey: EffectKey {
  package typealias Response = ReversalResponse
  package static let effect = "reversal"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID

  package init(claimID: ClaimIntakeID) {
    self.claimID = claimID
  }

  package var segments: [String] { [claimID.text] }
}
