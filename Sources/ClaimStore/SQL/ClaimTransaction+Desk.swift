package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let note = Statement(
    "desk.note",
    """
    INSERT INTO claim_notes (claim_intake_id, number, person, text, at)
    SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
    FROM claim_notes WHERE claim_intake_id = $1
    """)
  static let assign = Statement(
    "desk.assign",
    """
    INSERT INTO claim_assignments (claim_intake_id, number, person, assignee, at)
    SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
    FROM claim_assignments WHERE claim_intake_id = $1
    """)
  static let notes = Statement(
    "desk.notes", "SELECT person, text, at FROM claim_notes WHERE claim_intake_id = $1 ORDER BY number")
  static let assignment = Statement(
    "desk.assignment",
    "SELECT assignee, person, at FROM claim_assignments WHERE claim_intake_id = $1 ORDER BY number DESC LIMIT 1")
  static let since = Statement("desk.since", "SELECT at FROM audit_records WHERE effect_key = $1")
}

extension ClaimTransaction {
  package func add(_ note: SignOff, to claim: ClaimIntakeID) throws {
    try besideClaims.session.lock([LockName.desk(of: claim)], .exclusive)
    try sql.run(
      SQL.note, [[.text(claim.text), .text(note.person), .text(note.reason), .integer(now.microseconds)]])
  }

  package func assign(_ claim: ClaimIntakeID, to assignee: String?, by person: String) throws {
    try besideClaims.session.lock([LockName.desk(of: claim)], .exclusive)
    try sql.run(
      SQL.assign, [[.text(claim.text), .text(person), .text(optional: assignee), .integer(now.microseconds)]])
  }

  package func notes(on claim: ClaimIntakeID) throws -> [ClaimNote] {
    try besideClaims.ask(SQL.notes, [.text(claim.text)]) {
      ClaimNote(
        person: try $0.text(), text: try $0.text(), at: Timestamp(microseconds: try $0.integer()))
    }
  }

  package func assignment(of claim: ClaimIntakeID) throws -> ClaimAssignment? {
    try besideClaims.ask(SQL.assignment, [.text(claim.text)]) {
      ClaimAssignment(
        assignee: try $0.textOrNil(), person: try $0.text(), at: Timestamp(microseconds: try $0.integer()))
    }.first
  }

  package func suspendedSince(_ claim: ClaimRow) throws -> Timestamp? {
    guard let key = claim.keys.audit else { return nil }
    return try besideClaims.ask(SQL.since, [.text(key.text)]) { Timestamp(microseconds: try $0.integer()) }.first
  }
}
