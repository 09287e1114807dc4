package import PostgresDriver

/// A pgBouncer for the tests, in front of a PostgreSQL server. It stops when it is deinitialized.
package final class PrivatePgBouncer: Sendable {
  package enum Mode: String, Sendable {
    case session, transaction
  }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  /// - Throws: `ServerProcessError` if pgBouncer is not installed or does not start. The tests then fail rather than
  ///   being skipped.
  package init(before server: PrivatePostgres, _ mode: Mode) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("private-pgbouncer.sh", [folder.path, server.socketFolder, mode.rawValue])
  }

  package func address(database: String = "postgres") throws -> PostgresAddress {
    try PostgresAddress("postgres:///\(database)?host=\(folder.path)/run&user=paidonce")
  }
}
