import DurableExecution
import DurableSQL
import PostgresDriver

/// PostgreSQL's side of a transaction. Statements are only queued when they are run; their results are examined when
/// something is queried or when the transaction is about to commit. A transaction that makes two queries and writes a
/// hundred rows therefore costs three round trips.
///
/// Transactions are READ COMMITTED: each statement sees what has been committed when it begins. They still run as if
/// alone, since everything that a decision depends on is locked by name before it is read (`lock`), and every write
/// states what it overwrites (epoch, version, unique key).
final class PostgresSession: SQLSession {
  let now: Timestamp
  let incarnation: Int64
  private let wire: PostgresWire
  private let locksAreTaken: Bool
  /// The expected answers to the statements sent, in order.
  private var expectations: [Expectation] = []

  private enum Expectation {
    case anything
    /// The statement must change one row; otherwise the closure returns the failure.
    case oneChange(() -> StoreFailure)
  }

  init(_ wire: PostgresWire, now: Timestamp, incarnation: Int64, locksAreTaken: Bool) {
    self.wire = wire
    self.now = now
    self.incarnation = incarnation
    self.locksAreTaken = locksAreTaken
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    for (index, row) in rows.enumerated() {
      try wire.send(statement.name, statement.postgres, PostgresArguments(row, of: statement))
      expectations.append(failure.map { failure in .oneChange { failure(index) } } ?? .anything)
    }
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    for query in queries { try run(query.statement, query.questions, orFail: nil) }
    let count = queries.reduce(0) { $0 + $1.questions.count }
    for (question, result) in try answers().suffix(count).enumerated() {
      for index in 0..<result.rowCount {
        var columns = Columns(PostgresStoreRow(row: result.row(index)))
        try read(question, &columns)
      }
    }
  }

  func lock(_ names: [String], _ mode: LockMode) throws {
    guard locksAreTaken, !names.isEmpty else { return }
    let statement = mode == .shared ? SQL.lockShared : SQL.lockExclusive
    try run(statement, [[.texts(names)]], orFail: nil)
  }

  func announceWork() throws { try run(SQL.announce, [[]], orFail: nil) }

  /// Waits for the answers to all statements sent.
  ///
  /// - Throws: `StoreFailure` if a statement did not change the row that it had to change; `PostgresError`.
  @discardableResult
  func answers() throws -> [PostgresResult] {
    let expected = expectations
    expectations = []
    let results: [PostgresResult]
    do {
      results = try wire.answers()
    } catch {
      throw error.error
    }
    for (result, expectation) in zip(results, expected) {
      if case .oneChange(let failure) = expectation, result.changedRows != 1 { throw failure() }
    }
    return results
  }
}

private enum SQL {
  /// Takes the locks one at a time in the order of the list, and holds them until the transaction ends. If two names
  /// hash to the same number, they only wait for each other unnecessarily. The schema is part of the name, since all
  /// stores in a database share its locks.
  static let lockExclusive = Statement(
    "lock.exclusive",
    DialectText(
      sqlite: "",
      postgres: """
        SELECT pg_advisory_xact_lock(hashtextextended(concat(current_schema(), '.', name), 7)) \
        FROM unnest($1::text[]) AS name
        """))
  static let announce = Statement(
    "queue.announce", DialectText(sqlite: "", postgres: "SELECT pg_notify(current_schema() || '_work', '')"))
  static let lockShared = Statement(
    "lock.shared",
    DialectText(
      sqlite: "",
      postgres: """
        SELECT pg_advisory_xact_lock_shared(hashtextextended(concat(current_schema(), '.', name), 7)) \
        FROM unnest($1::text[]) AS name
        """))
}

private struct PostgresStoreRow: SQLRow {
  let row: PostgresRow

  func isNull(_ column: Int) -> Bool { row.isNull(column) }

  func text(_ column: Int) throws -> String { try row.text(column) }

  func integer(_ column: Int) throws -> Int64 { try row.integer(column) }

  func bytes(_ column: Int) throws -> [UInt8] { try row.bytes(column) }
}

extension PostgresArguments {
  /// - Throws: `StoreFailure.data` for a text that PostgreSQL cannot hold. The server would refuse it too, and fail the
  ///   transaction; a text must never be sent and cut off at such a character.
  fileprivate init(_ values: [SQLValue], of statement: Statement) throws(StoreFailure) {
    self.init()
    for value in values {
      switch value {
      case .null: appendNull()
      case .text(let text):
        try Self.refuseNUL(text, statement)
        append(text: text)
      case .integer(let integer): append(integer: integer)
      case .bytes(let bytes): append(bytes: bytes)
      case .flag(let flag): append(flag: flag)
      case .texts(let texts):
        for text in texts { try Self.refuseNUL(text, statement) }
        append(texts: texts)
      }
    }
  }

  private static func refuseNUL(_ text: String, _ statement: Statement) throws(StoreFailure) {
    guard text.utf8.contains(0) else { return }
    throw .data("a text with a NUL character (\(statement.name))")
  }
}
