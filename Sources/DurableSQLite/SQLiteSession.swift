import DurableExecution
import DurableSQL
import Foundation
import GRDB

/// SQLite's side of a transaction. Statements run when they are called, and are prepared once per connection.
struct SQLiteSession: SQLSession {
  let database: Database
  let now: Timestamp
  /// Always 0, since a file has no server that could restart.
  var incarnation: Int64 { 0 }

  func run(
    _ statement: DurableSQL.Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?
  ) throws {
    let prepared = try database.cachedStatement(sql: statement.sqlite)
    for (index, row) in rows.enumerated() {
      prepared.setUncheckedArguments(try Self.arguments(row))
      try prepared.execute()
      if let failure, database.changesCount != 1 { throw failure(index) }
    }
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    var position = 0
    for query in queries {
      let prepared = try database.cachedStatement(sql: query.statement.sqlite)
      for question in query.questions {
        prepared.setUncheckedArguments(try Self.arguments(question))
        let rows = try GRDB.Row.fetchCursor(prepared)
        while let row = try rows.next() {
          var columns = Columns(SQLiteRow(row: row))
          try read(position, &columns)
        }
        position += 1
      }
    }
  }

  /// Does nothing: writers take turns, so no one else can write between our read and our write.
  func lock(_ names: [String], _ mode: LockMode) {}

  /// Does nothing: workers poll a file, since there is no one to notify.
  func announceWork() {}

  private static func arguments(_ values: [SQLValue]) throws -> StatementArguments {
    StatementArguments(try values.map(databaseValue))
  }

  private static func databaseValue(_ value: SQLValue) throws -> DatabaseValue {
    switch value {
    case .null: .null
    case .text(let text): try databaseValue(text)
    case .integer(let integer): integer.databaseValue
    case .bytes(let bytes): Data(bytes).databaseValue
    case .flag(let flag): flag.databaseValue
    case .texts(let texts):
      try databaseValue(list: texts)
    }
  }

  private static func databaseValue(list texts: [String]) throws -> DatabaseValue {
    for text in texts { _ = try databaseValue(text) }
    return String(decoding: try CanonicalJSON.bytes(of: texts), as: UTF8.self).databaseValue
  }

  /// SQLite receives a C string, which ends at the first NUL, so the rest of the text would be silently lost.
  private static func databaseValue(_ text: String) throws -> DatabaseValue {
    guard !text.utf8.contains(0) else { throw StoreFailure.data("a text with a NUL character") }
    return text.databaseValue
  }
}

private struct SQLiteRow: SQLRow {
  let row: GRDB.Row

  func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }

  func text(_ column: Int) throws -> String { try value(String.self, column) }

  func integer(_ column: Int) throws -> Int64 { try value(Int64.self, column) }

  func bytes(_ column: Int) throws -> [UInt8] { [UInt8](try value(Data.self, column)) }

  private func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ type: Value.Type, _ column: Int
  ) throws -> Value {
    do {
      return try row.decode(type, atIndex: column)
    } catch {
      throw StoreFailure.corrupt("a column holds a value of another type")
    }
  }
}

/// Maps SQLite's result codes to store failures. Messages contain SQLite's own text, never a statement's arguments.
enum SQLiteFailure {
  static func storeFailure(_ error: any Error, path: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreFailure.busy("\(path) is locked by another process")
    case .SQLITE_CONSTRAINT: return StoreFailure.constraint(message)
    // The messages of these errors can quote the value.
    case .SQLITE_TOOBIG: return StoreFailure.data("a value that is too long")
    case .SQLITE_MISMATCH: return StoreFailure.data("a value of another type")
    case .SQLITE_FULL: return StoreFailure.unwritable("no space left on the disk of \(path)")
    case .SQLITE_READONLY: return StoreFailure.unwritable("\(path) is read-only; choose a file you may write")
    case .SQLITE_IOERR: return StoreFailure.unwritable("reading or writing \(path) failed (\(message))")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return StoreFailure.unreachable("\(path) cannot be opened; check the folder and your rights to it")
    case .SQLITE_NOTADB:
      return StoreFailure.unreachable("\(path) is not a SQLite database; name another file with --store sqlite:FILE")
    case .SQLITE_CORRUPT: return StoreFailure.corrupt("\(path): \(message)")
    default: return StoreFailure.failed("\(path): \(message)")
    }
  }
}
