import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let act = Statement(
    "bulk.act",
    """
    SELECT digest, content, act, person, reason, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
    FROM bulk_acts WHERE digest = $1
    """)
  static let finished = Statement(
    "bulk.finished", "SELECT count(*) FROM bulk_acts WHERE content = $1 AND finished_at IS NOT NULL")
  static let begin = Statement("bulk.begin", insertInto: "bulk_acts", "digest, content, act, person, reason, at")
  static let subject = Statement("bulk.subject", insertInto: "bulk_subjects", "digest, number, subject")
  static let open = Statement(
    "bulk.open",
    "SELECT number, subject FROM bulk_subjects WHERE digest = $1 AND outcome IS NULL ORDER BY number LIMIT $2")
  static let conclude = Statement(
    "bulk.conclude",
    "UPDATE bulk_subjects SET outcome = $1, detail = $2 WHERE digest = $3 AND number = $4 AND outcome IS NULL")
  static let finish = Statement(
    "bulk.finish", "UPDATE bulk_acts SET finished_at = $1 WHERE digest = $2 AND finished_at IS NULL")
  static let outcomes = Statement(
    "bulk.outcomes",
    """
    SELECT outcome, count(*) FROM bulk_subjects WHERE digest = $1 AND outcome IS NOT NULL GROUP BY outcome
    """)
}

extension ClaimTransaction {
  package func bulkAct(_ digest: String) throws -> BulkActRow? {
    try besideClaims.ask(SQL.act, [.text(digest)]) {
      BulkActRow(
        digest: try $0.text(), content: try $0.text(), act: try $0.text(), person: try $0.text(),
        reason: try $0.text(), isFinished: try $0.integer() == 1)
    }.first
  }

  package func finishedBulkActs(of content: String) throws -> Int {
    try besideClaims.ask(SQL.finished, [.text(content)]) { try $0.count() }.first ?? 0
  }

  package func begin(_ act: BulkActRow, on subjects: [String]) throws {
    try besideClaims.run(
      SQL.begin,
      [
        [
          .text(act.digest), .text(act.content), .text(act.act), .text(act.person), .text(act.reason),
          .integer(now.microseconds),
        ]
      ])
    try besideClaims.run(
      SQL.subject, subjects.enumerated().map { [.text(act.digest), .count($0.offset + 1), .text($0.element)] })
  }

  package func openSubjects(of digest: String, limit: Int) throws -> [BulkSubject] {
    try besideClaims.ask(SQL.open, [.text(digest), .count(limit)]) {
      BulkSubject(number: try $0.count(), text: try $0.text())
    }
  }

  package func conclude(
    _ subject: BulkSubject, of digest: String, as outcome: BulkOutcome, _ detail: String?
  ) throws {
    try besideClaims.run(
      SQL.conclude, [[.text(outcome.rawValue), .text(optional: detail), .text(digest), .count(subject.number)]])
  }

  package func finishBulkAct(_ digest: String) throws {
    try besideClaims.run(SQL.finish, [[.integer(now.microseconds), .text(digest)]])
  }

  package func outcomes(of digest: String) throws -> [BulkOutcome: Int] {
    let found = try besideClaims.ask(SQL.outcomes, [.text(digest)]) { (try $0.text(), try $0.count()) }
    return try found.reduce(into: [:]) { counts, row in
      guard let outcome = BulkOutcome(rawValue: row.0) else { throw StoreFailure.corrupt("an act on many claims") }
      counts[outcome] = row.1
    }
  }
}
