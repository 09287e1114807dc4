public import DurableExecution
import Synchronization

/// An argument of a SQL statement.
public enum SQLArgument: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral
{
  case null
  case text(String)
  /// A 64-bit integer, for a column that is `INTEGER` in SQLite and `BIGINT` in PostgreSQL.
  case integer(Int64)
  case bytes([UInt8])
  /// A list of texts: `text[]` in PostgreSQL, a JSON array in SQLite.
  case texts([String])

  public init(stringLiteral value: String) { self = .text(value) }

  public init(integerLiteral value: Int64) { self = .integer(value) }

  public init(nilLiteral: ()) { self = .null }

  fileprivate var value: SQLValue {
    switch self {
    case .null: .null
    case .text(let text): .text(text)
    case .integer(let integer): .integer(integer)
    case .bytes(let bytes): .bytes(bytes)
    case .texts(let texts): .texts(texts)
    }
  }
}

/// A row of an answer. Columns count from 0.
public struct SQLResultRow {
  private let row: any SQLRow

  fileprivate init(_ row: any SQLRow) {
    self.row = row
  }

  public func isNull(_ column: Int) -> Bool { row.isNull(column) }

  /// - Throws: `StoreFailure` if the column holds another type. The same applies to the next two methods.
  public func text(_ column: Int) throws -> String { try row.text(column) }

  public func integer(_ column: Int) throws -> Int64 { try row.integer(column) }

  public func bytes(_ column: Int) throws -> [UInt8] { try row.bytes(column) }
}

extension LocalTransaction {
  /// Runs a statement that returns no rows.
  ///
  /// - Parameters:
  ///   - sql: the statement. `$1` is the first argument, in SQLite as in PostgreSQL. Never build the text from values.
  /// - Throws: `StoreFailure`; the transaction is then over.
  public func execute(_ sql: String, _ arguments: SQLArgument...) throws {
    try noting(isWrite: true) { try statements().execute(sql, arguments.map(\.value)) }
  }

  /// Runs a query and returns its rows.
  ///
  /// - Parameter value: converts a row to a value.
  /// - Throws: `StoreFailure`, and any error from `value`.
  public func query<Value>(
    _ sql: String, _ arguments: SQLArgument..., value: (SQLResultRow) throws -> Value
  ) throws -> [Value] {
    // A query may write as well: `INSERT … RETURNING`.
    try noting(isWrite: !SQLText(sql).isSelect) {
      try statements().query(sql, arguments.map(\.value)) { try value(SQLResultRow($0)) }
    }
  }

  private func noting<Value>(isWrite: Bool, _ work: () throws -> Value) throws -> Value {
    try fate.check()
    if isWrite { fate.noteWrite() }
    do {
      return try work()
    } catch {
      fate.fail(error)
      throw error
    }
  }

  private func statements() throws -> any SQLStatements {
    guard let statements = base as? any SQLStatements else {
      throw StoreFailure.failed("the store takes no SQL")
    }
    return statements
  }
}

/// A transaction that can run its caller's SQL.
protocol SQLStatements {
  func execute(_ sql: String, _ arguments: [SQLValue]) throws
  func query<Value>(_ sql: String, _ arguments: [SQLValue], _ value: (any SQLRow) throws -> Value) throws -> [Value]
}

extension SQLTransaction: SQLStatements {
  func execute(_ sql: String, _ arguments: [SQLValue]) throws {
    try run(try CallerStatements.statement(sql), [arguments])
  }

  func query<Value>(
    _ sql: String, _ arguments: [SQLValue], _ value: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    try ask(try CallerStatements.statement(sql), arguments) { try value($0.row) }
  }
}

/// The statements of the library's caller. A program has few texts and runs them often, so each is examined once.
private enum CallerStatements {
  /// By the bytes of the text: two texts that Swift considers equal may differ in a literal.
  private static let known = Mutex<[[UInt8]: Statement]>([:])
  /// More texts than a program has, unless it builds them from values.
  private static let limit = 1_000

  /// Returns the statement of a text. Its name is a digest of the text.
  ///
  /// - Throws: `StoreFailure.failed` for a text that is no statement of a transaction.
  static func statement(_ sql: String) throws(StoreFailure) -> Statement {
    let bytes = Array(sql.utf8)
    if let statement = known.withLock({ $0[bytes] }) { return statement }
    try SQLText(sql).refuseUnfit()
    let statement = Statement(
      "caller.\(ContentDigest.sha256(bytes).prefix(32))", DialectText(stringLiteral: sql))
    known.withLock { if $0.count < limit { $0[bytes] = statement } }
    return statement
  }
}
