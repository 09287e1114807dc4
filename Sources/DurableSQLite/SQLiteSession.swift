import DurableExecution
import DurableSQL
import GRDB
import SQLiteFile

/// SQLite's side of a transaction. Statements run when they are called, and are prepared once per connection.
struct SQLiteSession: SQLSession {
  let database: Database
  let now: Timestamp
  /// Always 0, since a file has no server that could restart.
  var incarnation: Int64 { 0 }

  func run(
    _ statement: DurableSQL.Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?
  ) throws {
    let prepared = try SQLiteStatement(statement, in: database)
    for (index, row) in rows.enumerated() {
      try prepared.execute(row)
      if let failure, database.changesCount != 1 { throw failure(index) }
    }
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    var position = 0
    for query in queries {
      let prepared = try SQLiteStatement(query.statement, in: database)
      for question in query.questions {
        try prepared.query(question) { row in
          var columns = Columns(row)
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
}

/// Maps SQLite's result codes to store failures. Messages contain SQLite's own text, never a statement's arguments.
enum SQLiteFailure {
  static func storeFailure(_ error: any Error, path: String) -> any Error {
    if let fault = error as? ReferenceFault {
      return fault == .broken ? StoreFailure.corrupt("\(path): \(fault)") : StoreFailure.failed("\(path): \(fault)")
    }
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
