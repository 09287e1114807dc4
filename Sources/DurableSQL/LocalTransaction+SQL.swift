public import DurableExecution

/// A value of a SQL statement.
public enum SQLArgument: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral
{
  case null
  case text(String)
  /// 64 bits: of a column that is `INTEGER` in SQLite and `BIGINT` in PostgreSQL.
  case integer(Int64)
  case bytes([UInt8])

  public init(stringLiteral value: String) { self = .text(value) }

  public init(integerLiteral value: Int64) { self = .integer(value) }

  public init(nilLiteral: ()) { self = .null }

  fileprivate var value: SQLValue {
    switch self {
    case .null: .null
    case .text(let text): .text(text)
    case .integer(let integer): .integer(integer)
    case .bytes(let bytes): .bytes(bytes)
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

  /// - Throws: `StoreFailure` where the column holds something else. The same for the next two.
  public func text(_ column: Int) throws -> String { try row.text(column) }

  public func integer(_ column: Int) throws -> Int64 { try row.integer(column) }

  public func bytes(_ column: Int) throws -> [UInt8] { try row.bytes(column) }
}

extension LocalTransaction {
  /// Runs a statement that gives nothing back.
  ///
  /// - Parameters:
  ///   - sql: `$1` is the first argument, in SQLite as in PostgreSQL. Never build it from values.
  /// - Throws: `StoreFailure`; the transaction is then over.
  public func execute(_ sql: String, _ arguments: SQLArgument...) throws {
    try statements().execute(sql, arguments.map(\.value))
  }

  /// Asks for rows.
  ///
  /// - Parameter value: what is made of a row.
  /// - Throws: `StoreFailure`, and what `value` throws.
  public func query<Value>(
    _ sql: String, _ arguments: SQLArgument..., value: (SQLResultRow) throws -> Value
  ) throws -> [Value] {
    try statements().query(sql, arguments.map(\.value)) { try value(SQLResultRow($0)) }
  }

  private func statements() throws -> any SQLStatements {
    guard let statements = base as? any SQLStatements else {
      throw StoreFailure.failed("the store takes no SQL")
    }
    return statements
  }
}

/// A transaction that runs SQL of its caller.
protocol SQLStatements {
  func execute(_ sql: String, _ arguments: [SQLValue]) throws
  func query<Value>(_ sql: String, _ arguments: [SQLValue], _ value: (any SQLRow) throws -> Value) throws -> [Value]
}

extension SQLTransaction: SQLStatements {
  func execute(_ sql: String, _ arguments: [SQLValue]) throws { try run(Statement(callers: sql), [arguments]) }

  func query<Value>(
    _ sql: String, _ arguments: [SQLValue], _ value: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    try ask(Statement(callers: sql), arguments) { try value($0.row) }
  }
}

extension Statement {
  /// A statement of the library's caller, known by a digest of its text.
  fileprivate init(callers sql: String) {
    self.init("caller.\(ContentDigest.sha256(sql.utf8).prefix(32))", DialectText(stringLiteral: sql))
  }
}
