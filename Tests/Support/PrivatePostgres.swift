import Foundation
package import PostgresDriver

/// A PostgreSQL server of the tests' own, started when the first test asks for it and stopped with the tests, however
/// they end. Each store gets a schema of its own in it.
package final class PrivatePostgres: Sendable {
  /// - Throws: `ServerProcessError` when PostgreSQL is not installed or does not start. Tests then fail: half a suite
  ///   is no suite.
  package static func shared() throws -> PrivatePostgres { try started.get() }

  private static let started = Result { try PrivatePostgres(settings: ["fsync=off", "shared_buffers=256MB"]) }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  /// - Parameter settings: `name=value`, as in postgresql.conf.
  package init(settings: [String] = []) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("private-postgres.sh", [folder.path] + settings)
  }

  package var address: PostgresAddress {
    get throws { try PostgresAddress("postgres:///postgres?host=\(folder.path)/run&user=paidonce") }
  }

  /// What libpq calls the host.
  package var socketFolder: String { "\(folder.path)/run" }
  package var socketPath: String { "\(socketFolder)/.s.PGSQL.5432" }

  /// The pid of the server's first process, whose children all others are.
  package var pid: Int32 {
    get throws {
      let text = try String(contentsOfFile: "\(folder.path)/data/postmaster.pid", encoding: .utf8)
      guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
        throw ServerProcessError(description: "the server has no pid")
      }
      return pid
    }
  }

  /// Stops every process of the server where it is.
  package func freeze() throws {
    let first = try pid
    for process in [first] + Self.children(of: first) { kill(process, SIGSTOP) }
  }

  /// Lets a server go on that may have been frozen. Without it, it could not be stopped either.
  package func thaw() {
    guard let first = try? pid else { return }
    for process in [first] + Self.children(of: first) { kill(process, SIGCONT) }
  }

  private static func children(of process: Int32) -> [Int32] {
    let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { Int32($0) }
  }

  /// An empty database of a test's own, for programs that choose their schema themselves.
  package func newDatabase() async throws -> PostgresAddress {
    let name = newSchema()
    try await PostgresConnection.open(address).use { try $0.execute(script: "CREATE DATABASE \(name)") }
    return try PostgresAddress("postgres:///\(name)?host=\(folder.path)/run&user=paidonce")
  }

  /// A name no other test uses.
  package func newSchema() -> String {
    "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
  }

  /// Runs SQL as somebody at a prompt would, behind the program's back.
  package func run(_ script: String, in schema: String) async throws {
    try await PostgresPool(address, limit: 1).use { wire in
      try wire.execute(script: "SET search_path = \(wire.quoted(identifier: schema)); \(script)")
    }
  }
}

extension PostgresAddress {
  /// The name of the database.
  package var database: String { description.split(separator: "/").last.map(String.init) ?? "" }
}
