package import PostgresDriver

/// A pooler of the tests' own before a server, stopped when nobody holds it any more.
package final class PrivatePgBouncer: Sendable {
  package enum Mode: String, Sendable {
    case session, transaction
  }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  /// - Throws: `ServerProcessError` when pgBouncer is not installed or does not start. Tests then fail: half a suite is
  ///   no suite.
  package init(before server: PrivatePostgres, _ mode: Mode) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("private-pgbouncer.sh", [folder.path, server.socketFolder, mode.rawValue])
  }

  package func address(database: String = "postgres") throws -> PostgresAddress {
    try PostgresAddress("postgres:///\(database)?host=\(folder.path)/run&user=paidonce")
  }
}
