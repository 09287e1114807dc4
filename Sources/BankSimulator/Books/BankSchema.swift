import BankProtocol
import Foundation
import GRDB
import SQLiteFile

/// Upgrades a database file to the bank's tables.
///
/// The version is in `user_version` and is read and written in the same immediate transaction as the tables, so two
/// processes that open a new file at the same time do not both create them.
enum BankSchema {
  /// Marks the file as a bank's in SQLite's header field for that purpose: the letters `BANK`.
  static let applicationID = 0x4241_4E4B

  private static let steps = [
    PackageResources.bank_0001_ledger_sql, PackageResources.bank_0002_corrections_sql,
    PackageResources.bank_0003_issuers_sql,
  ]

  /// The number of the step that gives the bank a key.
  private static let keyStep = 3

  /// - Throws: `BankError`, `ReferenceFault`, `DatabaseError`; the connection is then of no use.
  static func install(in db: Database, path: String) throws {
    try db.changeTables {
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      guard version <= steps.count else { throw BankError.newerSchema(path: path, version: version) }
      for step in steps[version...] {
        try db.execute(sql: String(decoding: step, as: UTF8.self))
      }
      if version == 0 {
        try db.execute(sql: "INSERT INTO bank (id, bank_id) VALUES (1, ?)", arguments: [newIdentity()])
      }
      if version < keyStep { try BankKey.make(in: db) }
      guard version < steps.count else { return false }
      // Pragmas take no bound values; both numbers are our own.
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(steps.count)")
      return true
    }
  }

  /// - Throws: `BankError.notABank` if the file contains no bank identity.
  static func identity(of db: Database, path: String) throws -> BankID {
    guard let text = try String.fetchOne(db, sql: "SELECT bank_id FROM bank") else {
      throw BankError.notABank(path: path)
    }
    return BankID(text)
  }

  private static func newIdentity() -> String { "bank-\(UUID().uuidString.lowercased())" }

  /// Reads all marks in one transaction, because another process may be creating the tables.
  static func refuseUnfitFile(_ db: Database, path: String) throws {
    try db.inTransaction(.deferred) {
      let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
      let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      guard owner == applicationID || (owner == 0 && isEmpty) else { throw BankError.notABank(path: path) }
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      guard version <= steps.count else { throw BankError.newerSchema(path: path, version: version) }
      return .commit
    }
  }
}

/// The reason that the bank cannot use its books. The failed operation changed nothing.
package enum BankError: Error, Hashable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// The file is another program's database.
  case notABank(path: String)
  /// The file was written by a later version of the bank.
  case newerSchema(path: String, version: Int)
  /// The books hold orders without an issuer, and the bank was to ask for signatures; or the other way round.
  case otherOrders(areSigned: Bool)
  /// Reading or writing failed.
  case unavailable(reason: String)

  /// One line for people, with what to do.
  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open the bank's database \(path): \(reason)"
    case .notABank(let path): "\(path) is not a bank's database; give the bank a file of its own"
    case .newerSchema(let path, let version):
      "\(path) has schema \(version), which this version does not know; use the version that wrote it"
    case .otherOrders(areSigned: true):
      "the bank's books hold orders of known issuers, whose keys are their own: start it with --issuers, or an order "
        + "that was paid could be paid again"
    case .otherOrders(areSigned: false):
      "the bank's books hold orders that nobody signed, and whose they are cannot be told any more: a bank asks for "
        + "signatures from its first order on, so give it new books"
    case .unavailable(let reason): "the bank cannot use its database: \(reason)"
    }
  }

  /// The meaning of a SQLite error for the person who runs the bank.
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
