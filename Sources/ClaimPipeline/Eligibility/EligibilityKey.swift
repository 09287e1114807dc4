import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The key of a member's coverage under a plan on a day: `idemp:elig:{member_id}:{plan_id}:{dos}`. The key contains the
/// member's number: messages show only its digest, and it is never sent to the bank.
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

/// A snapshot of the member directory when the claim was decided. Later changes to the directory do not affect it.
package struct EligibilityResponse: Hashable, Sendable, Codable {
  package var standing: Standing
  /// All of the member's enrollments, because a claim may span more than one.
  package var spans: [Coverage]

  package enum Standing: String, Sendable, Codable {
    case active
    case notYetEffective = "not-yet-effective"
    case terminated
    case memberUnknown = "member-unknown"

    init(_ standing: CoverageStanding) {
      self =
        switch standing {
        case .active: .active
        case .notYetEffective: .notYetEffective
        case .terminated: .terminated
        case .memberUnknown: .memberUnknown
        }
    }
  }
}

extension EligibilityResponse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("spans", spans)
    try object.member("standing", standing)
  }
}

extension EligibilityResponse.Standing: CanonicalValue {}
