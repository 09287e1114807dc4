import TestSupport

@testable import PostgresDriver

/// Inspects one store's connections over its own connection. The methods block, so that they can be called in the
/// middle of a transaction.
struct PostgresOnlooker: Sendable {
  private let server: PostgresAddress
  /// The application name of the store's connections.
  private let name: String

  init(_ name: String) throws {
    server = try PrivatePostgres.shared().address
    self.name = name
  }

  /// The address for the store, with the application name.
  var address: PostgresAddress {
    get throws { try PostgresAddress("\(server.text)&application_name=\(name)") }
  }

  /// Ends the store's connections and waits until they are gone.
  func terminate() throws {
    _ = try ask(
      "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '\(name)'")
  }

  /// Returns the number of the store's connections that wait for a lock.
  func waitingForLocks() throws -> Int64 {
    try ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND wait_event_type = 'Lock'")
  }

  private func ask(_ sql: String) throws -> Int64 {
    let wire = try PostgresWire(server)
    try wire.send("onlooker", sql, PostgresArguments())
    return try wire.answers().first?.row(0).integer(0) ?? 0
  }
}
