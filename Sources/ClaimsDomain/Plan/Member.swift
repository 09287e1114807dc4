/// A person the plans know, with every span of enrolment.
package struct Member: Hashable, Sendable {
  /// The number accumulators and duplicate checks go by, whichever way a claim names the person.
  package let id: MemberID
  package let familyID: FamilyID
  package let name: PersonName
  package let birthDate: CalendarDate
  package let relationship: Relationship
  package let spans: [Coverage]

  /// To the subscriber.
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

  /// Every number a claim may name the person by. A dependent with a number of their own still comes under the
  /// subscriber's in an 837, whose loop 2010CA has no place for it; `Dependent` says what the person is called then.
  package var numbers: [MemberID] {
    guard relationship != .subscriber else { return [id] }
    let asDependent = Dependent(relationship: "", name: name, birthDate: birthDate)
      .memberID(subscriberID: MemberID(familyID.text))
    return asDependent == id ? [id] : [id, asDependent]
  }
}
