package import ClaimsDomain

/// The enrollment of members in plans, as CSV:
/// `member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination`, and `group_number` if there
/// are groups. A row is one span of coverage; a person with two spans has two rows. Errors never quote what the file says
/// about a person.
package struct MemberFile {
  private let file: SourceFile
  private let plans: [PlanID]?

  /// - Parameter plans: The plans that a member may be enrolled in; nil for any.
  package init(_ file: SourceFile, plans: (some Sequence<PlanID>)?) {
    self.file = file
    self.plans = plans.map { Array($0) }
  }

  static let columns = [
    "member_id", "subscriber_id", "first", "last", "birth_date", "relationship", "plan_id", "effective", "termination",
  ]
  private static let optionalColumns = ["group_number"]

  /// - Returns: The members, in the order in which the file first names them.
  /// - Throws: `PlanFileError` for the rows that are invalid or enroll a person twice on one day.
  package func members() throws(PlanFileError) -> [Member] {
    let faults = FaultList()
    let table = try CSVTable(
      file, columns: Self.columns, optional: Self.optionalColumns, showsValues: false, faults)
    let known = KnownByMembers(plans: plans, subscribers: MemberRow.subscribers(in: table))
    let rows = table.read { row throws(PlanFileError) in try MemberRow.read(row, known) }
    check(rows, faults)
    try faults.result(())
    let spans = Dictionary(grouping: rows, by: \.memberID)
    let families = Dictionary(grouping: rows, by: \.familyID)
    var met: Set<MemberID> = []
    return rows.filter { met.insert($0.memberID).inserted }.map { first in
      member(first, spans: spans[first.memberID] ?? [], family: families[first.familyID] ?? [])
    }
  }

  private func member(_ first: MemberRow, spans: [MemberRow], family: [MemberRow]) -> Member {
    Member(
      id: first.memberID, familyID: first.familyID, name: first.name, birthDate: first.birthDate,
      relationship: first.relationship,
      spans: spans.map { span in
        let coversFamily = family.contains {
          $0.memberID != span.memberID && $0.planID == span.planID && $0.days.overlaps(span.days)
        }
        return Coverage(
          memberID: span.memberID, familyID: span.familyID, planID: span.planID, effective: span.days,
          coversFamily: coversFamily,
          identity: MemberIdentity(name: first.name, birthDate: first.birthDate), groupNumber: span.groupNumber)
      })
  }

  private func check(_ rows: [MemberRow], _ faults: FaultList) {
    var spans = SpanRegister<MemberID>()
    var people: [MemberID: MemberRow] = [:]
    for row in rows {
      if let known = people[row.memberID], !known.isSamePerson(as: row) {
        faults.note(row.row.error("the member_id names someone else on line \(known.row.line)"))
        continue
      }
      people[row.memberID] = row
      if let earlier = spans.enter(row.days, of: row.memberID, at: row.row.line) {
        faults.note(
          row.row.error(
            "the member is already enrolled on the same days, on line \(earlier)",
            advice: "end one span before the other begins"))
      }
    }
  }
}

/// What the rows of a member file may name.
struct KnownByMembers {
  /// The plans that a member may be enrolled in; nil for any.
  let plans: [PlanID]?
  let subscribers: Set<FamilyID>
}

/// One row of a member file.
struct MemberRow {
  let row: CSVRow
  let memberID: MemberID
  let familyID: FamilyID
  let name: PersonName
  let birthDate: CalendarDate
  let relationship: Member.Relationship
  let planID: PlanID
  let days: DateRange
  let groupNumber: String?

  /// Reads a row.
  ///
  /// - Throws: `PlanFileError` for all errors of the row.
  static func read(_ row: CSVRow, _ known: KnownByMembers) throws(PlanFileError) -> MemberRow {
    let fields = CSVFields(row)
    let relationship = fields.require("relationship", .choice(of: Member.Relationship.self))
    let (last, first) = (fields.require("last", .text), fields.require("first", .text))
    let (birthDate, planID, days) = (
      fields.require("birth_date", .date), fields.require("plan_id", .text).map { PlanID($0) }, fields.span()
    )
    if let plans = known.plans, let planID, !plans.contains(planID) {
      let known = NearestWord(known: plans.map(\.text))
      // In a row whose values are out of place, it may be anything about the person.
      let name = known.nearest(to: planID.text) == nil ? "of this plan_id" : "\"\(planID)\""
      fields.note("there is no plan \(name)", advice: known.advice(for: planID.text))
    }
    let numbers = relationship.flatMap { Self.numbers(fields, $0) }
    if let numbers, row.has("member_id"), !known.subscribers.contains(FamilyID(numbers.family)) {
      fields.note("the subscriber has no row of relationship self", advice: "add one")
    }
    guard let relationship, let last, let first, let birthDate, let planID, let days, let (own, family) = numbers else {
      return try fields.result(nil)
    }
    let name = PersonName(last: last, first: first)
    // A dependent without a number of their own is identified as in an 837.
    let asDependent = Dependent(relationship: "", name: name, birthDate: birthDate)
    return try fields.result(
      MemberRow(
        row: row, memberID: own ?? asDependent.memberID(subscriberID: MemberID(family)), familyID: FamilyID(family),
        name: name, birthDate: birthDate, relationship: relationship, planID: planID, days: days,
        groupNumber: fields.value("group_number", .text)))
  }

  /// The numbers of those who are subscribers, or may be: a line with an error may be any subscriber's.
  static func subscribers(in table: CSVTable) -> Set<FamilyID> {
    let relationship = ScalarForm.choice(of: Member.Relationship.self)
    let own = table.rows.compactMap { row -> String? in
      if let known = row.cells["relationship"].flatMap(relationship.parse), known != .subscriber { return nil }
      return row.cells["member_id"]
    }
    return Set((own + table.strayValues).map { FamilyID($0) })
  }

  /// The person's own number, and the subscriber's.
  private static func numbers(
    _ fields: CSVFields, _ relationship: Member.Relationship
  ) -> (own: MemberID?, family: String)? {
    let own = fields.value("member_id", .text)
    guard relationship == .subscriber else {
      return fields.require("subscriber_id", .text).map { (own.map { MemberID($0) }, $0) }
    }
    guard let own else {
      if fields.row.has("member_id") {
        fields.note("a subscriber needs a member_id")
      } else {
        _ = fields.require("member_id", .text)
      }
      return nil
    }
    if let named = fields.value("subscriber_id", .text), named != own {
      fields.note("a subscriber's subscriber_id is their own member_id", advice: "leave it empty")
    }
    return (MemberID(own), own)
  }

  func isSamePerson(as other: MemberRow) -> Bool {
    familyID == other.familyID && name == other.name && birthDate == other.birthDate
      && relationship == other.relationship
  }
}

/// Records the spans of days assigned to each key, so that no day is assigned twice.
struct SpanRegister<Key: Hashable> {
  private var spans: [Key: [(days: DateRange, line: Int)]] = [:]

  /// Enters a span and returns nil, or returns the line of an earlier span that shares a day with it.
  mutating func enter(_ days: DateRange, of key: Key, at line: Int) -> Int? {
    if let earlier = spans[key]?.first(where: { $0.days.overlaps(days) }) { return earlier.line }
    spans[key, default: []].append((days, line))
    return nil
  }
}

extension CSVFields {
  /// The days from `effective` through `termination`; nil when they have an error.
  func span() -> DateRange? {
    let (first, last) = (require("effective", .date), value("termination", .date))
    guard let first else { return nil }
    guard let days = DateRange(first, through: last ?? .openEnd) else {
      note("termination lies before effective")
      return nil
    }
    return days
  }
}
