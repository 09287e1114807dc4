/// One person's enrollment in one plan for a span of days.
package struct Coverage: Hashable, Sendable, Codable {
  package var memberID: MemberID
  package var familyID: FamilyID
  package var planID: PlanID
  /// The days of coverage, from first to last; open-ended coverage ends on 9999-12-31.
  package var effective: DateRange
  /// Whether the family has more than one member (an aggregate limit then counts for all together).
  package var coversFamily: Bool
  /// The member's identity; nil when only claims have stated it.
  package var identity: MemberIdentity?
  /// The sponsor's number of the group or policy. It decides nothing: letters and people refer to it.
  package var groupNumber: String?

  package init(
    memberID: MemberID, familyID: FamilyID, planID: PlanID, effective: DateRange, coversFamily: Bool,
    identity: MemberIdentity? = nil, groupNumber: String? = nil
  ) {
    self.memberID = memberID
    self.familyID = familyID
    self.planID = planID
    self.effective = effective
    self.coversFamily = coversFamily
    self.identity = identity
    self.groupNumber = groupNumber
  }

  enum CodingKeys: String, CodingKey {
    case effective, identity
    case memberID = "member_id"
    case familyID = "family_id"
    case planID = "plan_id"
    case coversFamily = "covers_family"
    case groupNumber = "group_number"
  }
}

extension [Coverage] {
  /// Whether claims are decided under these spans as under the others: they differ in group numbers at most, and in where one
  /// group follows another.
  package func decidesAs(_ other: [Coverage]) -> Bool { withoutGroups == other.withoutGroups }

  /// The spans without group numbers, with those joined that differed in nothing else.
  private var withoutGroups: [Coverage] {
    map(\.withoutGroup).reduce(into: []) { spans, span in
      guard let last = spans.last, last.effective.last.dayNumber + 1 == span.effective.first.dayNumber,
        let days = DateRange(last.effective.first, through: span.effective.last)
      else { return spans.append(span) }
      var (joined, other) = (last, span)
      (joined.effective, other.effective) = (days, days)
      if joined == other { spans[spans.count - 1] = joined } else { spans.append(span) }
    }
  }
}

extension Coverage {
  fileprivate var withoutGroup: Coverage {
    var span = self
    span.groupNumber = nil
    return span
  }
}

/// A member's coverage status on a day: the eligibility agent's response, kept as a snapshot.
package enum CoverageStanding: Hashable, Sendable, Codable {
  /// Coverage is active.
  case active(Coverage)
  /// The member is known, but coverage begins later (PR-26).
  case notYetEffective
  /// The member is known, but coverage had ended (PR-27).
  case terminated
  /// No member with that number is known (PR-31).
  case memberUnknown

  /// Determines the status on a day from one member's spans.
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

/// A person known to the plans, with every span of enrollment.
package struct Member: Hashable, Sendable {
  /// The number used for accumulators and duplicate checks, however a claim identifies the person.
  package let id: MemberID
  package let familyID: FamilyID
  package let name: PersonName
  package let birthDate: CalendarDate
  package let relationship: Relationship
  package let spans: [Coverage]

  /// The member's relationship to the subscriber.
  package enum Relationship: String, Sendable, Codable, CaseIterable {
    case subscriber = "self"
    case spouse
    case child
    case other
  }

  package init(
    id: MemberID, familyID: FamilyID, name: PersonName, birthDate: CalendarDate, relationship: Relationship,
    spans: [Coverage]
  ) {
    self.id = id
    self.familyID = familyID
    self.name = name
    self.birthDate = birthDate
    self.relationship = relationship
    self.spans = spans
  }

  /// Every number by which a claim may identify the person. A dependent with their own number is still sent under the
  /// subscriber's number in an 837, because loop 2010CA has no place for it; `Dependent` defines the ID in that case.
  package var numbers: [MemberID] {
    guard relationship != .subscriber else { return [id] }
    let asDependent = Dependent(relationship: "", name: name, birthDate: birthDate)
      .memberID(subscriberID: MemberID(familyID.text))
    return asDependent == id ? [id] : [id, asDependent]
  }
}

extension [Coverage] {
  /// Whether these spans may be of the same dependent, under a birth date that has been corrected: the first name is the same,
  /// the birth date another, and both are covered on some day. A subscriber may share a first name with a child.
  package func mayBeOfDependent(with identity: MemberIdentity?, covered spans: [Coverage]) -> Bool {
    guard let identity, let born = identity.birthDate, let first, let other = first.identity,
      let otherBorn = other.birthDate, born != otherBorn, first.memberID.text != first.familyID.text
    else { return false }
    return other.hasFirstName(of: identity)
      && contains { old in spans.contains { $0.effective.overlaps(old.effective) } }
  }
}
