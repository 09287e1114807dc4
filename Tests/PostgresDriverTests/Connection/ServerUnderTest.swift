import Foundation
import PostgresDriver
import TestSupport

/// The tests' server, and a name by which one test's connections are told from the others'.
struct ServerUnderTest {
  let name = "test-\(UUID().uuidString)"
  private let server: PrivatePostgres
  private let onlooker: PostgresPool

  init() throws {
    server = try PrivatePostgres.shared()
    onlooker = PostgresPool(try server.address, limit: 1)
  }

  func pool(limit: Int, patience: Duration = .seconds(30)) throws -> PostgresPool {
    PostgresPool(
      try PostgresAddress("\(try server.address.text)&application_name=\(name)"), limit: limit, patience: patience)
  }

  /// The test's connections as the server sees them.
  ///
  /// - Parameter condition: on `pg_stat_activity`.
  func connections(where condition: String = "TRUE") async throws -> Int64 {
    try await onlooker.use { [name] wire in
      try wire.integer("SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND \(condition)")
    }
  }

  /// Ends the test's connections, and waits until they are gone.
  func terminate() async throws {
    _ = try await onlooker.use { [name] wire in
      try wire.integer(
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '\(name)'")
    }
  }

  /// - Returns: whether it became so in time.
  func waits(for count: Int64, where condition: String) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while try await connections(where: condition) != count {
      if ContinuousClock.now > end { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
    return true
  }
}
