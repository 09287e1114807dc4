import DurableExecution
import GRDB
import Migrations

/// Brings a file to the schema this program knows. The version is SQLite's `user_version`; each step is one SQL file.
enum SQLiteSchema {
  /// "PAID": tells our files from other programs'.
  private static let applicationID = 0x5041_4944

  static let version = Migrations.sqlite.count

  /// Runs in one write transaction, so of two processes that start at once one upgrades and the other finds it done.
  static func upgrade(_ database: Database) throws {
    let found = try self.version(of: database)
    guard found <= version else { throw StoreFailure.newerSchema(found: found, known: version) }
    for step in Migrations.sqlite.dropFirst(found) {
      try database.execute(sql: String(decoding: step, as: UTF8.self))
    }
    guard found < version else { return }
    try database.execute(sql: "PRAGMA user_version = \(version); PRAGMA application_id = \(applicationID)")
  }

  /// The last step that was taken; 0 where there is nothing of ours.
  static func version(of database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  /// Reads all marks in one transaction, since another process may be creating the tables.
  static func refuseUnfitFile(_ database: Database) throws {
    try database.inTransaction(.deferred) {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      guard id == applicationID || (id == 0 && tables == 0) else {
        throw StoreFailure.unreachable(
          "the file is another program's database; name another one with --store sqlite:FILE")
      }
      let found = try self.version(of: database)
      guard found <= version else { throw StoreFailure.newerSchema(found: found, known: version) }
      return .commit
    }
  }
}
