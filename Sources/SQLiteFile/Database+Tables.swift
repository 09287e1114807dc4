package import GRDB

/// References between rows that do not hold, or that SQLite does not check.
package enum ReferenceFault: Error, CustomStringConvertible {
  case broken
  case unchecked

  package var description: String {
    switch self {
    case .broken: "its rows refer to rows that are not there"
    case .unchecked: "SQLite does not check that its rows refer to rows that are there"
    }
  }
}

extension Database {
  /// Changes tables in one write transaction: of two processes that start at once, the second finds the change done. A
  /// change may replace a table that others refer to, so references are checked when it is complete.
  ///
  /// - Parameter change: returns whether it has changed anything.
  /// - Throws: `ReferenceFault`, `DatabaseError`, and the errors of the change. The connection is then of no use, since it
  ///   may check no references.
  package func changeTables(_ change: () throws -> Bool) throws {
    // The setting has no effect within a transaction.
    try execute(sql: "PRAGMA foreign_keys = OFF")
    try inTransaction(.immediate) {
      if try change(), try Row.fetchOne(self, sql: "PRAGMA foreign_key_check") != nil { throw ReferenceFault.broken }
      return .commit
    }
    try execute(sql: "PRAGMA foreign_keys = ON")
    guard try Bool.fetchOne(self, sql: "PRAGMA foreign_keys") == true else { throw ReferenceFault.unchecked }
  }
}
