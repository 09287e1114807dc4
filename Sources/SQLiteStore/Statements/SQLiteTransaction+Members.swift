package import ClaimsDomain
import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let select = """
    SELECT member_id, first_day, last_day, family_id, plan_id, covers_family FROM coverages
    WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY member_id, first_day
    """
  private static let delete = "DELETE FROM coverages WHERE member_id = ?"
  private static let insert = """
    INSERT INTO coverages (member_id, first_day, last_day, family_id, plan_id, covers_family) VALUES (?, ?, ?, ?, ?, ?)
    """

  package func coverages(of members: [MemberID]) throws -> [MemberID: [Coverage]] {
    var spans: [MemberID: [Coverage]] = [:]
    for row in try rows("members.select", Self.select, in: members.map(\.text)) {
      let coverage = try Coverage(row: row)
      spans[coverage.memberID, default: []].append(coverage)
    }
    return spans
  }

  package func enroll(_ coverages: [Coverage]) throws {
    try each("members.delete", Self.delete, Set(coverages.map(\.memberID)).sorted()) { [$0.text] }
    try each("members.insert", Self.insert, coverages) {
      [
        $0.memberID.text, $0.effective.first.description, $0.effective.last.description, $0.familyID.text,
        $0.planID.text, $0.coversFamily,
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
