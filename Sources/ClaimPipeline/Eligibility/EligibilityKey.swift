import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What a plan says of a member on a day: `idemp:elig:{member_id}:{plan_id}:{dos}`. It holds the member's
/// number: messages name it by its digest only, and it is never sent to the bank.
package struct EligibilityKey: EffectKey {
  package typealias Response = EligibilityResponse
  package static let effect = EffectName.eligibility
  package static let retention = Retention.workflow

  package let memberID: MemberID
  /// `none` when no plan covers the member that day.
  package let planID: PlanID
  package let dateOfService: CalendarDate

  package init(memberID: MemberID, planID: PlanID, dateOfService: CalendarDate) {
    self.memberID = memberID
    self.planID = planID
    self.dateOfService = dateOfService
  }

  package var segments: [String] { [memberID.text, planID.text, dateOfService.description] }
}
