package import ClaimsDomain
package import DurableExecution

/// The closing of a claim, with or without money: `idemp:pay:{claim_intake_id}:{total_allowed}:{member_responsibility}`.
package struct PaymentKey: EffectKey {
  package typealias Response = PaymentResponse
  package static let effect = "pay"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let totalAllowed: Money
  package let memberResponsibility: Money

  package init(claimID: ClaimIntakeID, totalAllowed: Money, memberResponsibility: Money) {
    self.claimID = claimID
    self.totalAllowed = totalAllowed
    self.memberResponsibility = memberResponsibility
  }

  package var segments: [String] { [claimID.text, totalAllowed.description, memberResponsibility.description] }
}
