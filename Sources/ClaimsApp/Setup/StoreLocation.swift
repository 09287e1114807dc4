package import ClaimOperations
import ClaimPipeline
package import ClaimStore
import DurableExecution
import DurablePostgres
import DurableRedis
import DurableSQL
import DurableSQLite
import Foundation
package import Logging
package import PostgresDriver

/// Where the store is: `sqlite:FILE`, or `postgres://…` in libpq's words.
package enum StoreLocation: Hashable, Sendable, CustomStringConvertible {
  case sqlite(path: String)
  case postgres(PostgresAddress)

  /// - Throws: `SetupError.usage` for anything that is not a store we know.
  package init(parsing text: String) throws(SetupError) {
    if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
      self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      do {
        self = .postgres(try PostgresAddress(text))
      } catch {
        throw .usage("--store: \(error)")
      }
    } else {
      throw .usage(
        "--store: a store is written sqlite:FILE or postgres://HOST/DATABASE, for example sqlite:claims.db or postgres:///claims"
      )
    }
  }

  /// Opens the store, and makes or upgrades its tables where that is needed.
  ///
  /// - Throws: `StoreFailure`.
  package func open() async throws -> any ClaimStore { try await open(cache: nil) }

  /// - Parameters:
  ///   - cache: before a PostgreSQL.
  ///   - lease: how long claims are somebody's without a sign of life.
  /// - Throws: `StoreFailure`, `SetupError`.
  func open(cache: CacheLocation?, lease: Duration = .seconds(5)) async throws -> any ClaimStore {
    switch self {
    case .sqlite(let path):
      guard cache == nil else { throw SetupError.usage("--cache: a file needs no cache; it goes with postgres://…") }
      return try SQLiteStore(path: path)
    case .postgres(let address):
      // A session that holds locks in silence has as long as a claim's owner has: no less than a busy machine takes,
      // and no more than people wait.
      let patience = min(max(lease, .seconds(2)), .seconds(15))
      return try await PostgresStore(address, patience: patience, cache: cache?.make)
    }
  }

  /// Opens an existing store for reading only. The file may be a backup that cannot be written.
  ///
  /// - Throws: `SetupError.unavailable` when there is none; `StoreFailure`.
  package func openForReading() async throws -> any ClaimStore {
    guard case .sqlite(let path) = self else { return try await openExisting() }
    try Self.requireFile(at: path)
    return try SQLiteStore(reading: path)
  }

  private static func requireFile(at path: String) throws(SetupError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .unavailable("there is no store at \(path); name one with --store sqlite:FILE")
    }
  }

  /// Opens a store that has to be there: to look into one that is not would make an empty one.
  ///
  /// - Throws: `SetupError.unavailable` when there is none; `StoreFailure`.
  package func openExisting() async throws -> any ClaimStore {
    switch self {
    case .sqlite(let path):
      try Self.requireFile(at: path)
      return try SQLiteStore(path: path)
    case .postgres(let address):
      guard try await PostgresStore.schemaVersion(at: address) > 0 else {
        throw SetupError.unavailable("there is no store at \(address); `claims process` or `claims migrate` makes one")
      }
      return try await PostgresStore(address)
    }
  }

  /// Where the bank of a store without a gateway keeps its own books: beside the store, in a file of its own. A link to
  /// a store is the store.
  package var bankPath: String {
    switch self {
    case .sqlite(let path):
      let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      return path.hasSuffix(".db") ? "\(path.dropLast(3)).bank.db" : "\(path).bank"
    case .postgres: return "claims.bank.db"
    }
  }

  package var description: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    case .postgres(let address): address.description
    }
  }
}

/// How far a store's schema is, and how far this program's.
package struct SchemaStanding: Hashable, Sendable {
  /// 0 where there is no store yet.
  package let found: Int
  package let known: Int

  package var isUpToDate: Bool { found == known }

  /// The steps the store has not taken, by name, in order.
  package var pending: [String] { SchemaSteps.claims.steps.dropFirst(found).map(\.name) }
}

extension StoreLocation {
  /// Only looks: where there is no store none is made.
  ///
  /// - Throws: `StoreFailure`, also for a store of a newer program or of another build.
  package func schemaStanding() async throws -> SchemaStanding {
    let found =
      switch self {
      case .sqlite(let path): try SQLiteStore.schemaVersion(path: path)
      case .postgres(let address): try await PostgresStore.schemaVersion(at: address)
      }
    return SchemaStanding(found: found, known: SchemaSteps.claims.version)
  }

  /// Brings the store's schema up to date, and makes the store where there is none. Any number of processes may do so at
  /// once.
  ///
  /// - Throws: `StoreFailure`.
  package func migrate() async throws {
    _ = try await open()
  }
}

/// Where the cache before a store is. It may be lost at any time; nothing is decided by it.
package struct CacheLocation: Sendable {
  private let address: RedisAddress
  private let logger: Logger

  /// - Throws: `SetupError.usage` for what is not an address of a cache, or in a build without one.
  package init(parsing text: String, logger: Logger) throws(SetupError) {
    #if Redis
      do {
        address = try RedisAddress(text)
      } catch {
        throw .usage("--cache: \(error)")
      }
      self.logger = logger
    #else
      throw .usage("--cache: \(RedisError.leftOut)")
    #endif
  }

  var make: @Sendable ([UInt8]) -> any ResponseCache {
    #if Redis
      { [address, logger] secret in RedisResponseCache(address, secret: secret, logger: logger) }
    #else
      { _ in preconditionFailure("no address is taken in this build") }
    #endif
  }
}
