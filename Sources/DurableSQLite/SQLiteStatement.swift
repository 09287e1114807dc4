import DurableExecution
import DurableSQL
import GRDB
import GRDBSQLite

/// A prepared statement of one connection, driven through SQLite's own interface. GRDB prepares and keeps it; binding and
/// reading through GRDB would make a value of its own for every argument and column.
struct SQLiteStatement {
  private let handle: OpaquePointer
  private let database: Database

  /// - Throws: `DatabaseError`; `StoreFailure.failed` if the transaction is over. SQLite rolls back by itself after some
  ///   errors, and what ran then would be committed alone.
  init(_ statement: DurableSQL.Statement, in database: Database) throws {
    guard database.isInsideTransaction else { throw StoreFailure.failed("the transaction is over") }
    handle = try database.cachedStatement(sql: statement.sqlite).sqliteStatement
    self.database = database
  }

  /// Runs the statement once, and ignores the rows that it returns.
  ///
  /// - Throws: `DatabaseError`; `StoreFailure.data` for an argument that SQLite cannot hold.
  func execute(_ arguments: [SQLValue]) throws {
    try query(arguments) { _ in }
  }

  /// Runs the statement once.
  ///
  /// - Parameter read: receives each row, which is valid only during the call.
  /// - Throws: `DatabaseError`; `StoreFailure.data` for an argument that SQLite cannot hold; any error from `read`.
  func query(_ arguments: [SQLValue], _ read: (SQLiteRow) throws -> Void) throws {
    // A statement that is not reset keeps its snapshot, and an argument keeps its memory.
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    try bind(arguments)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try read(SQLiteRow(handle))
      case SQLITE_DONE: return
      // GRDB interrupts what runs for a task that was canceled.
      case SQLITE_INTERRUPT: throw CancellationError()
      case let code: throw failure(code)
      }
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
  }

  private func bind(_ arguments: [SQLValue]) throws {
    guard arguments.count == sqlite3_bind_parameter_count(handle) else {
      throw StoreFailure.failed("a statement was given \(arguments.count) arguments")
    }
    for (index, argument) in arguments.enumerated() {
      let code = try bind(argument, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
  }

  private func bind(_ argument: SQLValue, at position: Int32) throws -> Int32 {
    switch argument {
    case .null: sqlite3_bind_null(handle, position)
    case .text(let text): try bind(text, at: position)
    case .integer(let integer): sqlite3_bind_int64(handle, position, integer)
    case .bytes(let bytes): bind(bytes, at: position)
    case .flag(let flag): sqlite3_bind_int64(handle, position, flag ? 1 : 0)
    case .texts(let texts): try bind(list: texts, at: position)
    }
  }

  private func bind(_ text: String, at position: Int32) throws -> Int32 {
    guard !text.holdsNUL else { throw Self.holdsNUL }
    // An address of nil would be bound as NULL.
    guard !text.isEmpty else { return sqlite3_bind_text(handle, position, "", 0, Self.copied) }
    var text = text
    return text.withUTF8 {
      sqlite3_bind_text64(
        handle, position, UnsafeRawPointer($0.baseAddress)?.assumingMemoryBound(to: CChar.self), UInt64($0.count),
        Self.copied, UInt8(SQLITE_UTF8))
    }
  }

  private func bind(_ bytes: [UInt8], at position: Int32) -> Int32 {
    // An address of nil would be bound as NULL.
    guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, position, 0) }
    return bytes.withUnsafeBytes {
      sqlite3_bind_blob64(handle, position, $0.baseAddress, UInt64($0.count), Self.copied)
    }
  }

  private func bind(list texts: [String], at position: Int32) throws -> Int32 {
    guard !texts.contains(where: \.holdsNUL) else { throw Self.holdsNUL }
    return try bind(String(decoding: try CanonicalJSON.bytes(of: texts), as: UTF8.self), at: position)
  }

  private static let holdsNUL = StoreFailure.data("a text with a NUL character")
  /// SQLite copies what is bound, so that it need not outlive the call.
  private static var copied: sqlite3_destructor_type? {
    unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type?.self)
  }
}

/// The row that a statement is at.
struct SQLiteRow: SQLRow {
  private let handle: OpaquePointer

  fileprivate init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  func text(_ column: Int) throws -> String {
    try expect(SQLITE_TEXT, column)
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func integer(_ column: Int) throws -> Int64 {
    try expect(SQLITE_INTEGER, column)
    return sqlite3_column_int64(handle, Int32(column))
  }

  func bytes(_ column: Int) throws -> [UInt8] {
    try expect(SQLITE_BLOB, column)
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: count))
  }

  private func expect(_ type: Int32, _ column: Int) throws {
    guard sqlite3_column_type(handle, Int32(column)) == type else {
      throw StoreFailure.corrupt("a column holds a value of another type")
    }
  }
}
