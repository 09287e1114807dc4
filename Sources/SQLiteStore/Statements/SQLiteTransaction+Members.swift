package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let select = """
    SELECT number, member_id, first_day, last_day, family_id, plan_id, covers_family FROM coverages
    WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number, first_day
    """
  private static let delete = "DELETE FROM coverages WHERE number = ?"
  private static let insert = """
    INSERT INTO coverages (number, member_id, first_day, last_day, family_id, plan_id, covers_family) \
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """

  package func coverages(of numbers: [MemberID]) throws -> [MemberID: [Coverage]] {
    var spans: [MemberID: [Coverage]] = [:]
    for row in try rows("members.select", Self.select, in: numbers.map(\.text)) {
      spans[MemberID(row["number"]), default: []].append(try Coverage(row: row))
    }
    return spans
  }

  package func enroll(_ enrollments: [Enrollment]) throws {
    try each("members.delete", Self.delete, enrollments) { [$0.number.text] }
    let spans = enrollments.flatMap { enrollment in enrollment.spans.map { (enrollment.number, $0) } }
    try each("members.insert", Self.insert, spans) { number, span in
      [
        number.text, span.memberID.text, span.effective.first.description, span.effective.last.description,
        span.familyID.text, span.planID.text, span.coversFamily,
      ]
    }
  }
}

extension Coverage {
  init(row: Row) throws {
    guard let first = CalendarDate(parsing: row["first_day"] as String),
      let last = CalendarDate(parsing: row["last_day"] as String), let effective = DateRange(first, through: last)
    else { throw StoreFailure.corrupt("a coverage has days that do not exist") }
    self.init(
      memberID: MemberID(row["member_id"]), familyID: FamilyID(row["family_id"]), planID: PlanID(row["plan_id"]),
      effective: effective, coversFamily: row["covers_family"])
  }
}
