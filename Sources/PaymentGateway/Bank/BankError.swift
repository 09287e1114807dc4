import GRDB

/// Why the bank cannot use its books. Nothing was changed by whatever ran into it.
package enum BankError: Error, Hashable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// The file is a database of something else.
  case notABank(path: String)
  /// The file was written by a later version of the bank.
  case newerSchema(path: String, version: Int)
  /// Reading or writing failed.
  case unavailable(reason: String)

  /// One line for people, with what to do.
  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open the bank's database \(path): \(reason)"
    case .notABank(let path): "\(path) is not a bank's database; give the bank a file of its own"
    case .newerSchema(let path, let version):
      "\(path) has schema \(version), which this version does not know; use the version that wrote it"
    case .unavailable(let reason): "the bank cannot use its database: \(reason)"
    }
  }

  /// What an error of SQLite means to whoever runs the bank.
  package static func reason(of error: any Error) -> String {
    guard let error = error as? DatabaseError else {
      return error is CancellationError ? "the request was cancelled, and nothing was changed" : "\(error)"
    }
    return switch error.resultCode {
    case .SQLITE_READONLY: "it is read-only; make the file and its folder writable"
    case .SQLITE_FULL: "the disk is full; free some space"
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another process holds its write lock; try again"
    case .SQLITE_CANTOPEN: "the file cannot be opened; check that the folder exists and is writable"
    case .SQLITE_PERM, .SQLITE_AUTH: "access is denied; check the permissions of the file"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: "the file is damaged or not a database; restore it from a backup"
    case .SQLITE_IOERR: "the disk reports an error; check the disk and its quota"
    // The message is SQLite's own; GRDB keeps the bound values out of it.
    default: error.message ?? "SQLite error \(error.resultCode.rawValue)"
    }
  }
}
