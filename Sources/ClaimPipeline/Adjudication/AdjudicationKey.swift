package import ClaimsDomain
package import DurableExecution

/// One decision: `idemp:adj:{claim_intake_id}:{ruleset_version}`.
package struct AdjudicationKey: EffectKey {
  package typealias Response = AdjudicationResponse
  package static let effect = "adj"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let ruleset: RulesetID

  package init(claimID: ClaimIntakeID, ruleset: RulesetID) {
    self.claimID = claimID
    self.ruleset = ruleset
  }

  package var segments: [String] { [claimID.text, ruleset.text] }
}
