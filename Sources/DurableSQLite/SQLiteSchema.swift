import DurableExecution
import DurableSQL
import GRDB
import SQLiteFile
import Synchronization

/// Upgrades a file to the schema this program knows. The version is SQLite's `user_version`; each step is one SQL file.
struct SQLiteSchema: Sendable {
  let steps: SchemaSteps
  /// The path of the file, for error messages.
  let path: String

  /// Applies the missing steps.
  ///
  /// - Throws: `StoreFailure`, `ReferenceFault`, `DatabaseError`; the connection is then of no use.
  func upgrade(_ database: Database) throws {
    guard try version(of: database) < steps.version else { return }
    try database.changeTables { try applyMissingSteps(to: database) }
  }

  /// - Returns: whether any was missing.
  private func applyMissingSteps(to database: Database) throws -> Bool {
    let found = try version(of: database)
    guard found < steps.version else { return false }
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version INTEGER NOT NULL PRIMARY KEY, digest TEXT NOT NULL CHECK (length(digest) = 64)) STRICT
        """)
    // A former single step that has since been split is replaced by its parts.
    try database.execute(sql: "DELETE FROM schema_migrations")
    for (index, step) in steps.sqlite.enumerated() {
      if index >= found { try database.execute(sql: step.sql) }
      try database.execute(
        sql: "INSERT INTO schema_migrations (version, digest) VALUES (?, ?)", arguments: [index + 1, step.digest])
    }
    try database.execute(
      sql: "PRAGMA user_version = \(steps.version); PRAGMA application_id = \(steps.applicationID)")
    return true
  }

  /// The number of the last step applied; 0 if the file has none of our tables.
  ///
  /// - Throws: `StoreFailure.newerSchema`; `otherBuild` if an applied step differs from this program's step of that
  ///   number.
  func version(of database: Database) throws -> Int {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= steps.version else { throw StoreFailure.newerSchema(found: found, known: steps.version) }
    guard found > 0 else { return 0 }
    let isListed = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations')")
    let taken =
      isListed == true
      ? try String.fetchAll(database, sql: "SELECT digest FROM schema_migrations ORDER BY version") : []
    guard taken.count == found, let count = steps.taken(taken, of: steps.sqlite) else {
      throw StoreFailure.otherBuild(path)
    }
    return count
  }

  /// Reads the structure of a database. SQLite keeps each definition as it was written; altering a table changes that
  /// text.
  static func shape(of database: Database) throws -> StoreShape {
    // Indexes that SQLite creates by itself follow from the definitions of our tables.
    let rows = try Row.fetchAll(
      database, sql: "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    let parts = rows.map { row in
      let (type, name, sql): (String, String, String?) = (row["type"], row["name"], row["sql"])
      return ("\(type) \(name)", normalized(sql ?? ""))
    }
    return StoreShape(Dictionary(parts) { first, _ in first })
  }

  /// Returns the structure that this program creates in an empty database.
  func shapeAsMade() throws -> StoreShape {
    let digests = steps.sqlite.map(\.digest)
    if let known = Self.made.withLock({ $0[digests] }) { return known }
    let shape = try DatabaseQueue().writeWithoutTransaction { database in
      try upgrade(database)
      return try Self.shape(of: database)
    }
    Self.made.withLock { $0[digests] = shape }
    return shape
  }

  /// What each series of steps makes, under their digests.
  private static let made = Mutex<[[String]: StoreShape]>([:])

  /// Removes SQL comments and replaces each run of whitespace by one space.
  private static func normalized(_ sql: String) -> String {
    let (space, dash) = (UInt8(ascii: " "), UInt8(ascii: "-"))
    var kept: [UInt8] = []
    var (isComment, isApart) = (false, false)
    for byte in sql.utf8 {
      if byte == UInt8(ascii: "\n") { isComment = false }
      if isComment { continue }
      if byte == dash, kept.last == dash, !isApart {
        kept.removeLast()
        if kept.last == space { kept.removeLast() }
        (isComment, isApart) = (true, true)
      } else if byte == space || (9...13).contains(byte) {
        isApart = true
      } else {
        if isApart, !kept.isEmpty { kept.append(space) }
        kept.append(byte)
        isApart = false
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Reads all marks in one transaction, since another process may be creating the tables.
  func refuseUnfitFile(_ database: Database) throws {
    try database.inTransaction(.deferred) {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      guard id == Int(steps.applicationID) || (id == 0 && tables == 0) else {
        throw StoreFailure.unreachable(
          "the file is another program's database; name another one with --store sqlite:FILE")
      }
      _ = try version(of: database)
      return .commit
    }
  }
}
