import ClaimPipeline
import DurableExecution
import PostgresStore
import SQLiteStore
import StoreSQL
import TestSupport
import Testing

/// A store the conformance suite runs against.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
  let testDescription: String
  private let make: @Sendable () throws -> Place

  /// One database, over which several processes would each have a store object.
  struct Place: Sendable {
    fileprivate let store: @Sendable (ManualClock?, StoreProbe?) async throws -> any ClaimStore

    func open(clock: ManualClock? = nil, probe: StoreProbe? = nil) async throws -> any ClaimStore {
      try await store(clock, probe)
    }
  }

  func place() throws -> Place { try make() }

  func open(clock: ManualClock? = nil) async throws -> any ClaimStore { try await place().open(clock: clock) }

  static let all = [
    StoreUnderTest(testDescription: "SQLite") {
      let folder = try TemporaryFolder()
      return Place { (clock: ManualClock?, probe: StoreProbe?) -> any ClaimStore in
        // The folder lives as long as the store's clock, which is as long as the store.
        try SQLiteStore(
          path: folder.file("store.db"),
          clock: { withExtendedLifetime(folder) { clock?.now ?? SQLiteStore.systemClock() } },
          probe: probe)
      }
    },
    StoreUnderTest(testDescription: "PostgreSQL") {
      let server = try PrivatePostgres.shared()
      let schema = server.newSchema()
      return Place { (clock: ManualClock?, probe: StoreProbe?) -> any ClaimStore in
        var now: (@Sendable () -> Timestamp)?
        if let clock { now = { clock.now } }
        return try await PostgresStore(server.address, schema: schema, clock: now, probe: probe)
      }
    },
  ]
}
