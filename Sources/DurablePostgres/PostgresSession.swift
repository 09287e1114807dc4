import DurableExecution
import DurableSQL
import PostgresDriver

/// PostgreSQL's side of a transaction. Statements are only queued when they are run; their results are examined when
/// something is queried or when the transaction commits. The statements that begin the transaction go with its first query,
/// and the COMMIT goes with its last writes. A transaction that makes one query and writes a hundred rows therefore costs
/// two round trips.
///
/// Transactions are READ COMMITTED: each statement sees what has been committed when it begins. They still run as if
/// alone, since everything that a decision depends on is locked by name before it is read (`lock`), and every write
/// states what it overwrites (epoch, version, unique key).
final class PostgresSession: SQLSession {
  private let wire: PostgresWire
  private let clock: (@Sendable () -> Timestamp)?
  private let locksAreTaken: Bool
  private var beginning: Beginning
  /// The expected answers to the statements sent, in order.
  private var expectations: [Expectation] = []

  /// What the statements that begin the transaction have returned.
  private enum Beginning {
    /// They are queued, so many.
    case queued(Int)
    case answered(TransactionNumber?, now: Timestamp, incarnation: Int64)
  }

  fileprivate enum Expectation {
    case anything
    /// The statement must change one row; otherwise the closure returns the failure.
    case oneChange(() -> StoreFailure)
    /// Each of so many rows of arguments must change one row, and the answer has the numbers of those that did, from 1.
    /// The closure returns the failure for the index of one that did not.
    case oneChangeEach(Int, (Int) -> StoreFailure)
  }

  /// Queues the statements that begin a transaction.
  ///
  /// - Parameters:
  ///   - begin: the BEGIN.
  ///   - clock: replaces the database's clock.
  ///   - locksAreTaken: whether the transaction may write, so that it takes the store's mark and its locks.
  init(
    _ wire: PostgresWire, _ begin: Statement, _ settings: PostgresSettings, clock: (@Sendable () -> Timestamp)?,
    locksAreTaken: Bool
  ) throws {
    self.wire = wire
    self.clock = clock
    self.locksAreTaken = locksAreTaken
    try wire.send(begin.name, begin.postgres, PostgresArguments())
    try settings.send(to: wire, marking: locksAreTaken)
    beginning = .queued(2)
  }

  var now: Timestamp {
    get throws { try begun().now }
  }

  var incarnation: Int64 {
    get throws { try begun().incarnation }
  }

  /// The transaction's number, if it is known.
  var number: TransactionNumber? {
    if case .answered(let number, _, _) = beginning { number } else { nil }
  }

  private func begun() throws -> (now: Timestamp, incarnation: Int64) {
    if case .queued = beginning { try answers() }
    guard case .answered(_, let now, let incarnation) = beginning else {
      throw PostgresError.unexpected("no time of day")
    }
    return (now, incarnation)
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    _ = try queue(statement, rows, orFail: failure)
  }

  /// What an answer is about.
  fileprivate enum Subject {
    /// The row of arguments with this index.
    case row(Int)
    /// The rows of arguments from this index on. Each row of the answer starts with the number of its own, from 1.
    case rows(from: Int)
  }

  /// Queues a statement for each row of arguments, or one for many rows if it has a form for that.
  ///
  /// - Returns: what each answer will be about.
  private func queue(
    _ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?
  ) throws -> [Subject] {
    guard rows.count > 1, let form = statement.rowsForm, failure == nil || form.isNumbered else {
      return try rows.enumerated().map { index, row in
        try wire.send(statement.name, statement.postgres, PostgresArguments(row, of: statement))
        expectations.append(failure.map { failure in .oneChange { failure(index) } } ?? .anything)
        return .row(index)
      }
    }
    return try PostgresRowSet.sets(of: rows, for: form, named: statement.name).map { set in
      try wire.send(set.name, set.sql, set.arguments)
      expectations.append(
        failure.map { failure in .oneChangeEach(set.rows.count) { failure(set.rows.lowerBound + $0) } } ?? .anything)
      return .rows(from: set.rows.lowerBound)
    }
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    var subjects: [Subject] = []
    var asked = 0
    for query in queries {
      subjects += try queue(query.statement, query.questions, orFail: nil).map { $0.shifted(by: asked) }
      asked += query.questions.count
    }
    for (subject, result) in zip(subjects, try answers().suffix(subjects.count)) {
      for index in 0..<result.rowCount {
        let row = PostgresStoreRow(row: result.row(index))
        switch subject {
        case .row(let question):
          var columns = Columns(row)
          try read(question, &columns)
        case .rows(let first):
          var columns = Columns(row, from: 1)
          try read(first + Int(try row.integer(0)) - 1, &columns)
        }
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
    do {
      return try examined(try wire.answers())
    } catch let failure as PipelineFailure {
      throw failure.error
    }
  }

  /// Whether an answer is needed before the COMMIT: a statement may turn out to have changed nothing, or the server could
  /// not be asked what became of the transaction, since its number is not known.
  var mustHearBeforeCommit: Bool {
    number == nil || expectations.contains { if case .anything = $0 { false } else { true } }
  }

  /// Commits. What is still queued is sent with the COMMIT, and is not kept if any of it fails.
  ///
  /// - Throws: `UnknownCommit` if the connection was lost; `PostgresError`.
  func commit() throws {
    let before = wire.queuedCount
    try wire.send(SQL.commit.name, SQL.commit.postgres, PostgresArguments())
    do {
      // The server answers COMMIT with ROLLBACK when the transaction had failed.
      guard try examined(try wire.answers()).last?.command == "COMMIT" else {
        throw PostgresError.unexpected("no commit")
      }
    } catch let failure as PipelineFailure {
      // A statement that the server refused before the COMMIT has undone the transaction.
      let isOpen = failure.position >= before || failure.error.isLoss
      if isOpen, failure.error.leavesCommitOpen {
        throw UnknownCommit(error: failure.error, transaction: number)
      }
      // The server skips the COMMIT if a statement sent with it fails.
      rollBack()
      throw failure.error
    }
  }

  /// Rolls back. If even that fails, the connection is not used again, and the server rolls back by itself.
  func rollBack() {
    _ = try? wire.answers()
    try? wire.send(SQL.rollback.name, SQL.rollback.postgres, PostgresArguments())
    _ = try? wire.answers()
  }

  /// Takes the answers of the beginning, and holds the others to what was expected of them.
  private func examined(_ results: [PostgresResult]) throws -> [PostgresResult] {
    let expected = expectations
    expectations = []
    var results = results[...]
    if case .queued(let count) = beginning {
      guard let row = results.prefix(count).last?.row(0) else { throw PostgresError.unexpected("no time of day") }
      let incarnation = try row.integer(2)
      beginning = .answered(
        row.isNull(0) ? nil : TransactionNumber(number: try row.integer(0), incarnation: incarnation),
        now: try clock?() ?? Timestamp(microseconds: row.integer(1)), incarnation: incarnation)
      results = results.dropFirst(count)
    }
    for (result, expectation) in zip(results, expected) {
      try expectation.examine(result)
    }
    return Array(results)
  }
}

extension PostgresSession.Subject {
  fileprivate func shifted(by count: Int) -> Self {
    switch self {
    case .row(let index): .row(index + count)
    case .rows(let first): .rows(from: first + count)
    }
  }
}

extension PostgresSession.Expectation {
  /// - Throws: `StoreFailure` if the statement did not change what it had to change.
  fileprivate func examine(_ result: PostgresResult) throws {
    switch self {
    case .anything: break
    case .oneChange(let failure):
      if result.changedRows != 1 { throw failure() }
    case .oneChangeEach(let count, let failure):
      let changed = Set(try (0..<result.rowCount).map { Int(try result.row($0).integer(0)) })
      if let unchanged = (1...count).first(where: { !changed.contains($0) }) { throw failure(unchanged - 1) }
    }
  }
}

/// The connection was lost when COMMIT was sent, so it is unknown whether the transaction was committed.
struct UnknownCommit: Error {
  let error: PostgresError
  /// The transaction to ask the server about; nil if the connection was lost before its number was known.
  let transaction: TransactionNumber?
}

/// A transaction that may write, as the server numbers it. The number says nothing to another run of the server.
struct TransactionNumber: Sendable {
  let number: Int64
  let incarnation: Int64

  private static let state = """
    SELECT CASE WHEN CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS BIGINT) = $2 \
    THEN txid_status($1) END
    """

  /// Asks the server what became of the transaction: `committed`, `aborted`, or `in progress` if the server has not
  /// noticed that its client is gone. Nil if this run of the server does not know it.
  ///
  /// - Throws: `PostgresError`.
  func state(_ wire: PostgresWire) throws -> String? {
    var arguments = PostgresArguments()
    arguments.append(integer: number)
    arguments.append(integer: incarnation)
    try wire.send("transaction.state", Self.state, arguments)
    do {
      guard let row = try wire.answers().last?.row(0) else { throw PostgresError.unexpected("no state") }
      return row.isNull(0) ? nil : try row.text(0)
    } catch let failure as PipelineFailure {
      throw failure.error
    }
  }
}

private enum SQL {
  static let commit = Statement("commit", "COMMIT")
  static let rollback = Statement("rollback", "ROLLBACK")
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
