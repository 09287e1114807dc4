import ClaimsDomain

/// One row of a member file.
struct Enrolment {
  let row: CSVRow
  let memberID: MemberID
  let familyID: FamilyID
  let name: PersonName
  let birthDate: CalendarDate
  let relationship: Member.Relationship
  let planID: PlanID
  let days: DateRange

  /// A dependent may have no number of their own; they are then called what an 837 calls them.
  init(_ row: CSVRow) throws(PlanFileError) {
    let relationships = Dictionary(uniqueKeysWithValues: Member.Relationship.allCases.map { ($0.rawValue, $0) })
    self.row = row
    relationship = try row.require("relationship", .choice(relationships))
    name = PersonName(last: try row.require("last", .text), first: try row.require("first", .text))
    birthDate = try row.require("birth_date", .date)
    planID = PlanID(try row.require("plan_id", .text))
    days = try row.span()
    let own = try row.value("member_id", .text).map(MemberID.init)
    if relationship == .subscriber {
      guard let own else { throw row.error("a subscriber needs a member_id") }
      let named = try row.value("subscriber_id", .text) ?? own.text
      guard named == own.text else {
        throw row.error("a subscriber's subscriber_id is their own member_id", advice: "leave it empty")
      }
      memberID = own
      familyID = FamilyID(named)
    } else {
      let subscriber = MemberID(try row.require("subscriber_id", .text))
      let asDependent = Dependent(relationship: "", name: name, birthDate: birthDate)
      memberID = own ?? asDependent.memberID(subscriberID: subscriber)
      familyID = FamilyID(subscriber.text)
    }
  }

  func isSamePerson(as other: Enrolment) -> Bool {
    familyID == other.familyID && name == other.name && birthDate == other.birthDate
      && relationship == other.relationship
  }
}
