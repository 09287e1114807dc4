package import ClaimsDomain
package import DurableExecution

/// The closing of a claim, with or without money: `idemp:pay:{claim_intake_id}:{total_allowed}:{member_responsibility}`.
///
/// A payment that the bank has made and that came back cannot be made again under its key, since the bank would answer
/// with the first receipt. What is due again is another payment. Its key names the one that came back:
/// `…:{tracking_id}`.
package struct PaymentKey: EffectKey {
  package typealias Response = PaymentResponse
  package static let effect = "pay"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let totalAllowed: Money
  package let memberResponsibility: Money
  /// The payment that came back; nil for the first one.
  package let anewAfter: TrackingID?

  package init(
    claimID: ClaimIntakeID, totalAllowed: Money, memberResponsibility: Money, anewAfter: TrackingID? = nil
  ) {
    self.anewAfter = anewAfter
    self.claimID = claimID
    self.totalAllowed = totalAllowed
    self.memberResponsibility = memberResponsibility
  }

  package var segments: [String] {
    [claimID.text, totalAllowed.description, memberResponsibility.description]
      + [anewAfter?.text].compactMap(\.self)
  }

  /// The key of the payment that is made when the one under this key came back.
  package var next: PaymentKey {
    PaymentKey(
      claimID: claimID, totalAllowed: totalAllowed, memberResponsibility: memberResponsibility,
      anewAfter: TrackingID(of: text))
  }
}
