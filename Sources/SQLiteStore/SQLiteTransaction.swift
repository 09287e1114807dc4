import ClaimPipeline
package import DurableExecution
import Foundation
import GRDB

/// One transaction's statements. Each has a name, takes a batch, and is prepared once per connection.
package final class SQLiteTransaction: ClaimTransaction {
  let database: Database
  package let now: Timestamp
  private let probe: StoreProbe?

  init(_ database: Database, now: Timestamp, probe: StoreProbe?) {
    self.database = database
    self.now = now
    self.probe = probe
  }

  /// Runs a statement under its name, where a probe can see it.
  func named<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
    guard let probe else { return try work() }
    try probe.before(.statement(name))
    let value = try work()
    try probe.after(.statement(name))
    return value
  }

  /// Runs a statement once for each row.
  func each<Row>(_ name: String, _ sql: String, _ rows: [Row], _ arguments: (Row) -> StatementArguments) throws {
    guard !rows.isEmpty else { return }
    try named(name) {
      let statement = try database.cachedStatement(sql: sql)
      for row in rows {
        statement.setUncheckedArguments(arguments(row))
        try statement.execute()
      }
    }
  }

  /// Runs a statement once for each row, each of which has to change exactly one row of the table.
  func eachChangingOne<Row>(
    _ name: String, _ sql: String, _ rows: [Row], _ arguments: (Row) -> StatementArguments,
    otherwise failure: (Row) -> StoreFailure
  ) throws {
    guard !rows.isEmpty else { return }
    try named(name) {
      let statement = try database.cachedStatement(sql: sql)
      for row in rows {
        statement.setUncheckedArguments(arguments(row))
        try statement.execute()
        guard database.changesCount == 1 else { throw failure(row) }
      }
    }
  }

  /// Reads the rows that belong to a list of texts: `… IN (SELECT value FROM json_each(?))`.
  func rows(_ name: String, _ sql: String, in texts: [String]) throws -> [Row] {
    guard !texts.isEmpty else { return [] }
    return try named(name) {
      let list = String(decoding: try CanonicalJSON.bytes(of: texts), as: UTF8.self)
      return try Row.fetchAll(try database.cachedStatement(sql: sql), arguments: [list])
    }
  }
}
