public import DurableSQL

/// Your own way to a database that speaks the SQL of SQLite or of PostgreSQL: another driver, an encrypted file, a pool that
/// your program already has.
///
/// Run `StoreConformance` from `DurableTesting` against it: the checks hold it to everything that the runner relies on.
public protocol SQLDriver: Sendable {
  /// The SQL that the database speaks.
  var dialect: SQLDialect { get }

  /// Runs a transaction. It commits when the closure returns, and leaves nothing behind if the closure throws.
  ///
  /// Transactions run as if one after another. The driver may run the closure again after a conflict. A commit is on disk
  /// when this returns.
  ///
  /// - Throws: any error from the closure. The driver's own errors become `StoreFailure`: `unreachable` or `busy` if a later
  ///   attempt may succeed, `constraint` if the database refused a row.
  func transaction(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) async throws
}

/// The SQL of a database.
public enum SQLDialect: Sendable {
  case sqlite, postgres
}

/// An open transaction of a driver.
public protocol SQLConnection {
  /// Runs a statement that returns no rows.
  ///
  /// - Parameters:
  ///   - sql: one statement. `?1` is the first argument in SQLite, `$1` in PostgreSQL.
  ///   - arguments: the arguments to bind. Lists of texts occur in PostgreSQL only, as `text[]`.
  /// - Returns: the number of rows that were changed.
  func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int

  /// Runs a query.
  ///
  /// - Parameters:
  ///   - sql: one statement, as for `execute`.
  ///   - arguments: the arguments to bind.
  ///   - read: receives each row, in order.
  /// - Throws: any error from `read`.
  func query(_ sql: String, _ arguments: [SQLArgument], _ read: (any SQLRow) throws -> Void) throws

  /// Runs several statements without arguments, which create tables.
  func run(script: String) throws

  /// Takes a lock for each of these names, in the order given, until the transaction ends. A database that runs one writer
  /// at a time has nothing to do.
  func lock(_ names: [String], _ mode: LockMode) throws
}
