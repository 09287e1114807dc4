@testable import PostgresDriver
import TestSupport

/// Looks at one store's connections from a connection of its own, and waits where it is called, so that it can be asked
/// in the middle of a transaction.
struct PostgresOnlooker: Sendable {
  private let server: PostgresAddress
  /// What the store's connections are known by.
  private let name: String

  init(_ name: String) throws {
    server = try PrivatePostgres.shared().address
    self.name = name
  }

  /// The address under which the store is watched.
  var address: PostgresAddress {
    get throws { try PostgresAddress("\(server.text)&application_name=\(name)") }
  }

  /// Ends the store's connections, and waits until they are gone.
  func terminate() throws {
    _ = try ask(
      "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = '\(name)'")
  }

  /// How many of the store's connections wait for a lock that another holds.
  func waitingForLocks() throws -> Int64 {
    try ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND wait_event_type = 'Lock'")
  }

  private func ask(_ sql: String) throws -> Int64 {
    let wire = try PostgresWire(server)
    try wire.send("onlooker", sql, PostgresArguments())
    return try wire.answers().first?.row(0).integer(0) ?? 0
  }
}
