/// One person's enrolment in one plan for a span of days.
package struct Coverage: Hashable, Sendable, Codable {
  package var memberID: MemberID
  package var familyID: FamilyID
  package var planID: PlanID
  /// In force from the first to the last day; open-ended coverage ends on 9999-12-31.
  package var effective: DateRange
  /// Whether the family has more than one member (an aggregate limit then counts for all together).
  package var coversFamily: Bool
  /// Nil where nobody but a claim has said who that is.
  package var identity: MemberIdentity?

  package init(
    memberID: MemberID, familyID: FamilyID, planID: PlanID, effective: DateRange, coversFamily: Bool,
    identity: MemberIdentity? = nil
  ) {
    self.memberID = memberID
    self.familyID = familyID
    self.planID = planID
    self.effective = effective
    self.coversFamily = coversFamily
    self.identity = identity
  }

  enum CodingKeys: String, CodingKey {
    case effective, identity
    case memberID = "member_id"
    case familyID = "family_id"
    case planID = "plan_id"
    case coversFamily = "covers_family"
  }
}
