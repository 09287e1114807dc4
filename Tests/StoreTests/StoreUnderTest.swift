import ClaimPipeline
import PostgresStore
import SQLiteStore
import TestSupport
import Testing

/// A store the conformance suite runs against.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
  let testDescription: String
  private let make: @Sendable () async throws -> any ClaimStore

  func open() async throws -> any ClaimStore { try await make() }

  static let all = [
    StoreUnderTest(testDescription: "SQLite") {
      let folder = try TemporaryFolder()
      // The folder lives as long as the store's clock, which is as long as the store.
      return try SQLiteStore(
        path: folder.file("store.db"), clock: { withExtendedLifetime(folder) { SQLiteStore.systemClock() } })
    },
    StoreUnderTest(testDescription: "PostgreSQL") {
      let server = try PrivatePostgres.shared()
      return try await PostgresStore(server.address, schema: server.newSchema())
    },
  ]
}
