import Foundation
import PostgresDriver
import TestSupport

/// The tests' server, and an application name that identifies the connections of one test.
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

  /// Returns the number of the test's connections, as the server sees them.
  ///
  /// - Parameter condition: a condition on `pg_stat_activity`.
  func connections(where condition: String = "TRUE") async throws -> Int64 {
    try await onlooker.use { [name] wire in
      try wire.integer("SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND \(condition)")
    }
  }

  /// Ends the test's connections and waits until they are gone.
  func terminate() async throws {
    _ = try await onlooker.use { [name] wire in
      try wire.integer(
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '\(name)'")
    }
  }

  /// Looks until the number of the test's connections is reached, for long: beside a thousand other tests, this task may not
  /// get a thread for a minute or two. What a test waits for must therefore stay true until the test itself ends it.
  ///
  /// - Returns: whether the number was reached in time.
  func waits(for count: Int64, where condition: String) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(600)
    while try await connections(where: condition) != count {
      if ContinuousClock.now > end { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
    return true
  }
}
