package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText = """
    number, member_id, first_day, last_day, family_id, plan_id, covers_family, last_name, first_name, birth_date, \
    group_number
    """
  static let select = Statement(
    "members.select", "SELECT \(columns) FROM coverages WHERE number \(oneOf: 1) ORDER BY number, first_day")
  static let delete = Statement("members.delete", "DELETE FROM coverages WHERE number = $1")
  static let insert = Statement("members.insert", insertInto: "coverages", columns)
  /// Adds a span, or finds the very same one. Otherwise it changes no row.
  static let add = Statement(
    "members.add",
    """
    INSERT INTO coverages (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (number, first_day) DO UPDATE SET last_day = excluded.last_day
    WHERE (coverages.member_id, coverages.last_day, coverages.family_id, coverages.plan_id, coverages.covers_family)
      = (excluded.member_id, excluded.last_day, excluded.family_id, excluded.plan_id, excluded.covers_family)
    """)
  static let settledColumns: DialectText = "number, effect_key, coverage_digest"
  static let settled = Statement(
    "members.settled", "SELECT \(settledColumns) FROM settled_enrollments WHERE number \(oneOf: 1)")
  static let settledPage = Statement(
    "verify.settled", "SELECT \(settledColumns) FROM settled_enrollments WHERE number > $1 ORDER BY number LIMIT $2")
  static let settle = Statement(
    "members.settle",
    """
    INSERT INTO settled_enrollments (\(settledColumns)) VALUES ($1, $2, $3)
    ON CONFLICT (number) DO UPDATE SET effect_key = excluded.effect_key, coverage_digest = excluded.coverage_digest
    """)
}

extension ClaimTransaction {
  package func coverages(of numbers: [MemberID]) throws -> [MemberID: [Coverage]] {
    try keepDirectory()
    return Self.byNumber(try besideClaims.ask(SQL.select, for: numbers.map(\.text), NumberedSpan.init))
  }

  package func coverages(
    of numbers: [MemberID], settledAmong others: [MemberID]
  ) throws -> (spans: [MemberID: [Coverage]], settled: [SettledEnrollment]) {
    try keepDirectory()
    let (spans, settled) = try besideClaims.ask(
      Question(SQL.select, [.texts(numbers.map(\.text))], NumberedSpan.init),
      then: Question(SQL.settled, [.texts(others.map(\.text))]) { try SettledEnrollment(columns: &$0) })
    return (Self.byNumber(spans), settled)
  }

  /// Keeps the directory as it is, so that no response is retired between the look-up and the response.
  private func keepDirectory() throws {
    try besideClaims.session.lock([LockName.memberDirectory], .shared)
  }

  package func lockDirectory() throws {
    try besideClaims.session.lock([LockName.memberDirectory], .exclusive)
  }

  private static func byNumber(_ spans: [NumberedSpan]) -> [MemberID: [Coverage]] {
    Dictionary(grouping: spans, by: \.number).mapValues { $0.map(\.span) }
  }

  package func enroll(_ enrollments: [Enrollment]) throws {
    let enrollments = enrollments.sorted { $0.number.text < $1.number.text }
    try besideClaims.run(SQL.delete, enrollments.map { [.text($0.number.text)] })
    try besideClaims.run(
      SQL.insert,
      enrollments.flatMap { enrollment in enrollment.spans.map { $0.arguments(under: enrollment.number) } })
  }

  package func add(_ coverages: [MemberID: Coverage]) throws {
    // In a fixed order, so that two transactions that add the same numbers wait for each other without a deadlock.
    try besideClaims.run(
      SQL.add, coverages.sorted { $0.key.text < $1.key.text }, { $0.value.arguments(under: $0.key) },
      orFail: { _ in .stale("the coverage of a member") })
  }
}

extension Coverage {
  fileprivate func arguments(under number: MemberID) -> [SQLValue] {
    [
      .text(number.text), .text(memberID.text), .text(effective.first.description), .text(effective.last.description),
      .text(familyID.text), .text(planID.text), .flag(coversFamily), .text(optional: identity?.name.last),
      .text(optional: identity?.name.first), .text(optional: identity?.birthDate?.description),
      .text(optional: groupNumber),
    ]
  }
}

extension ClaimTransaction {
  package func settledEnrollments(of numbers: [MemberID]) throws -> [SettledEnrollment] {
    try besideClaims.ask(SQL.settled, for: numbers.map(\.text)) { try SettledEnrollment(columns: &$0) }
  }

  package func settledEnrollments(after: MemberID?, limit: Int) throws -> [SettledEnrollment] {
    try besideClaims.ask(SQL.settledPage, [.text(after?.text ?? ""), .count(limit)]) {
      try SettledEnrollment(columns: &$0)
    }
  }

  package func settle(_ enrollments: [SettledEnrollment]) throws {
    try besideClaims.run(
      SQL.settle,
      enrollments.sorted { $0.number.text < $1.number.text }.map {
        [.text($0.number.text), .text($0.effectKey.text), .text($0.coverageDigest)]
      })
  }
}

/// A coverage span under one of the numbers that a claim may give.
private struct NumberedSpan {
  let number: MemberID
  let span: Coverage

  init(columns: inout Columns) throws {
    number = MemberID(try columns.text())
    span = try Coverage(columns: &columns)
  }
}

extension SettledEnrollment {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      number: MemberID(try columns.text()), effectKey: KeyText(try columns.text()),
      coverageDigest: try columns.text())
  }
}

extension Coverage {
  fileprivate init(columns: inout Columns) throws {
    let member = MemberID(try columns.text())
    guard let first = CalendarDate(parsing: try columns.text()), let last = CalendarDate(parsing: try columns.text()),
      let effective = DateRange(first, through: last)
    else { throw StoreFailure.corrupt("a coverage has days that do not exist") }
    self.init(
      memberID: member, familyID: FamilyID(try columns.text()), planID: PlanID(try columns.text()),
      effective: effective, coversFamily: try columns.flag(), identity: try MemberIdentity(columns: &columns),
      groupNumber: try columns.textOrNil())
  }
}

extension MemberIdentity {
  /// Nil if no identity is recorded.
  fileprivate init?(columns: inout Columns) throws {
    let (last, first, born) = (try columns.textOrNil(), try columns.textOrNil(), try columns.textOrNil())
    guard let last else { return nil }
    let birthDate = try born.map { text in
      guard let day = CalendarDate(parsing: text) else {
        throw StoreFailure.corrupt("a member was born on a day that does not exist")
      }
      return day
    }
    self.init(name: PersonName(last: last, first: first ?? ""), birthDate: birthDate)
  }
}
