import DurableExecution
import GRDB

/// SQLite's result codes as store failures. Messages carry SQLite's own words, never a statement's arguments.
enum SQLiteFailure {
  static func storeFailure(_ error: any Error, path: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreFailure.busy("\(path) is locked by another process")
    case .SQLITE_CONSTRAINT: return StoreFailure.constraint(message)
    // Messages of these can quote the value.
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
