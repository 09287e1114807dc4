import ClaimPipeline
import ClaimStore
import DurableExecution
import DurablePostgres
import DurableRedis
import DurableSQL
import DurableSQLite
import DurableTesting
import Logging
import TestSupport
import Testing

/// A store that the conformance suite tests.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Whether the store has a cache. A wrong cache may cause a transaction to run twice, of which only one commits.
  let isBehindCache: Bool
  private let make: @Sendable () throws -> Place

  private init(testDescription: String, isBehindCache: Bool = false, make: @escaping @Sendable () throws -> Place) {
    self.testDescription = testDescription
    self.isBehindCache = isBehindCache
    self.make = make
  }

  /// One database, which several processes can open.
  struct Place: Sendable {
    fileprivate let store: @Sendable (ManualClock?, StoreProbe?) async throws -> ClaimStore

    func open(clock: ManualClock? = nil, probe: StoreProbe? = nil) async throws -> ClaimStore {
      try await store(clock, probe)
    }
  }

  func place() throws -> Place { try make() }

  func open(clock: ManualClock? = nil) async throws -> ClaimStore { try await place().open(clock: clock) }

  static let all = direct + behindCaches + behindRedis

  static let direct = [
    StoreUnderTest(testDescription: "SQLite") {
      let folder = try TemporaryFolder()
      return Place { (clock: ManualClock?, probe: StoreProbe?) -> ClaimStore in
        // The clock keeps the folder alive as long as the store.
        ClaimStore(
          try SQLiteStore(
            path: folder.file("store.db"),
            clock: { withExtendedLifetime(folder) { clock?.now ?? SQLiteStore.systemClock() } },
            probe: probe))
      }
    },
    postgres("PostgreSQL"),
  ]

  /// The store's promises do not depend on what a cache contains.
  private static let behindCaches = [
    postgres("PostgreSQL behind a cache that takes all for new") { _ in LyingCache(.allIsNew) },
    postgres("PostgreSQL behind a cache that takes all for done") { _ in LyingCache(.allIsDone) },
    postgres("PostgreSQL behind a cache that says now this, now that") { _ in LyingCache(.mixed) },
  ]

  #if Redis
    private static let behindRedis = [
      postgres("PostgreSQL behind a Redis") { secret in
        RedisResponseCache(try PrivateRedis.shared().address, secret: secret, logger: Logger(label: "test"))
      }
    ]
  #else
    private static let behindRedis: [StoreUnderTest] = []
  #endif

  private static func postgres(
    _ description: String, cache: (@Sendable ([UInt8]) throws -> any ResponseCache)? = nil
  ) -> StoreUnderTest {
    StoreUnderTest(testDescription: description, isBehindCache: cache != nil) {
      let place = try PrivatePostgres.shared().newStore()
      return Place { (clock: ManualClock?, probe: StoreProbe?) -> ClaimStore in
        var now: (@Sendable () -> Timestamp)?
        if let clock { now = { clock.now } }
        return ClaimStore(
          try await PostgresStore(place.address, schema: place.schema, clock: now, probe: probe, cache: cache))
      }
    }
  }
}
