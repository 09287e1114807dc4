/// One person's enrolment in one plan for a span of days.
package struct Coverage: Hashable, Sendable, Codable {
  package var memberID: MemberID
  package var familyID: FamilyID
  package var planID: PlanID
  /// In force from the first to the last day; open-ended coverage ends on 9999-12-31.
  package var effective: DateRange
  /// Whether the family has more than one member (an aggregate limit then counts for all together).
  package var coversFamily: Bool

  package init(
    memberID: MemberID, familyID: FamilyID, planID: PlanID, effective: DateRange, coversFamily: Bool
  ) {
    self.memberID = memberID
    self.familyID = familyID
    self.planID = planID
    self.effective = effective
    self.coversFamily = coversFamily
  }

  enum CodingKeys: String, CodingKey {
    case effective
    case memberID = "member_id"
    case familyID = "family_id"
    case planID = "plan_id"
    case coversFamily = "covers_family"
  }
}

extension CalendarDate {
  /// The end of coverage, or of a fee, that has no end.
  package static let openEnd = CalendarDate(lastDayOf: 9999)

  /// Every year has a 31 December, so this one cannot fail.
  private init(lastDayOf year: Int) {
    self.year = year
    month = 12
    day = 31
  }
}

/// What the directory says of a member on a day: the eligibility agent's answer, kept as a snapshot.
package enum CoverageStanding: Hashable, Sendable, Codable {
  /// In force.
  case active(Coverage)
  /// The member is known, but coverage begins later (PR-26).
  case notYetEffective
  /// The member is known, but coverage had ended (PR-27).
  case terminated
  /// Nobody of that number is known (PR-31).
  case memberUnknown

  /// What the spans of one member say of a day.
  package init(on day: CalendarDate, among spans: [Coverage]) {
    if let span = spans.first(where: { $0.effective.contains(day) }) {
      self = .active(span)
    } else if spans.isEmpty {
      self = .memberUnknown
    } else {
      self = spans.contains { $0.effective.last < day } ? .terminated : .notYetEffective
    }
  }
}
