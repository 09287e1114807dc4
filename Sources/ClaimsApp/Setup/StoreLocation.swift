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

/// The location of a store: `sqlite:FILE`, or `postgres://…` in libpq's syntax.
package enum StoreLocation: Hashable, Sendable, CustomStringConvertible {
  case sqlite(path: String)
  case postgres(PostgresAddress)

  /// - Throws: `SetupError.usage` for anything that is not a known kind of store.
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

  /// Opens the store, and creates or upgrades its tables if needed.
  ///
  /// - Throws: `StoreFailure`.
  package func open() async throws -> ClaimStore { try await open(cache: nil) }

  /// - Parameters:
  ///   - cache: the cache in front of a PostgreSQL store.
  ///   - lease: how long claims stay leased without a sign of life.
  /// - Throws: `StoreFailure`, `SetupError`.
  func open(cache: CacheLocation?, lease: Duration = .seconds(5)) async throws -> ClaimStore {
    switch self {
    case .sqlite(let path):
      guard cache == nil else { throw SetupError.usage("--cache: a file needs no cache; it goes with postgres://…") }
      return ClaimStore(try SQLiteStore(path: path, logger: ProgramLog.logger("store")))
    case .postgres(let address):
      // A silent session may hold locks for as long as a claim's owner may be silent, but no less than a busy machine
      // needs and no more than people will wait.
      let patience = min(max(lease, .seconds(2)), .seconds(15))
      return ClaimStore(
        try await PostgresStore(
          address, patience: patience, logger: ProgramLog.logger("store"), cache: cache?.make))
    }
  }

  /// Opens an existing store for reading only. The file may be a backup that is write-protected.
  ///
  /// - Throws: `SetupError.unavailable` when there is no store; `StoreFailure`.
  package func openForReading() async throws -> ClaimStore {
    guard case .sqlite(let path) = self else { return try await openExisting() }
    try Self.requireFile(at: path)
    return ClaimStore(try SQLiteStore(reading: path))
  }

  private static func requireFile(at path: String) throws(SetupError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .unavailable("there is no store at \(path); name one with --store sqlite:FILE")
    }
  }

  /// Opens a store that must already exist, because looking into a missing one would create it.
  ///
  /// - Throws: `SetupError.unavailable` when there is no store; `StoreFailure`.
  package func openExisting() async throws -> ClaimStore {
    try await requireExisting()
    return switch self {
    case .sqlite(let path): ClaimStore(try SQLiteStore(path: path, logger: ProgramLog.logger("store")))
    case .postgres(let address): ClaimStore(try await PostgresStore(address, logger: ProgramLog.logger("store")))
    }
  }

  /// - Throws: `SetupError.unavailable` when there is no store; `StoreFailure`.
  func requireExisting() async throws {
    switch self {
    case .sqlite(let path): try Self.requireFile(at: path)
    case .postgres(let address):
      guard try await PostgresStore.schemaVersion(at: address) > 0 else {
        throw SetupError.unavailable("there is no store at \(address); `claims process` or `claims migrate` makes one")
      }
    }
  }

  /// The path of the books of a store's bank when there is no gateway: a separate file next to the store. A link to a
  /// store is resolved to the store itself.
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

  /// The location as it can be given again, without a password.
  package var shareable: String {
    switch self {
    case .sqlite: description
    case .postgres(let address): address.shareable
    }
  }
}

/// The schema version of a store and that of this program.
package struct SchemaStanding: Hashable, Sendable {
  /// The store's version; 0 when there is no store yet.
  package let found: Int
  package let known: Int

  package var isUpToDate: Bool { found == known }

  /// The names of the steps that the store has not taken, in order.
  package var pending: [String] { SchemaSteps.claims.steps.dropFirst(found).map(\.name) }
}

extension StoreLocation {
  /// Returns the schema versions without creating a store.
  ///
  /// - Throws: `StoreFailure`, including for a store of a newer program or of another build.
  package func schemaStanding() async throws -> SchemaStanding {
    let found =
      switch self {
      case .sqlite(let path): try SQLiteStore.schemaVersion(path: path)
      case .postgres(let address): try await PostgresStore.schemaVersion(at: address)
      }
    return SchemaStanding(found: found, known: SchemaSteps.claims.version)
  }

  /// Brings the store's schema up to date, and creates the store if it does not exist. Any number of processes may call
  /// this at once.
  ///
  /// - Throws: `StoreFailure`.
  package func migrate() async throws {
    _ = try await open()
  }
}

/// The location of the cache in front of a store. The cache may be lost at any time; no decision depends on it.
package struct CacheLocation: Sendable {
  private let address: RedisAddress
  private let logger: Logger

  /// - Throws: `SetupError.usage` for an invalid cache address, or in a build without cache support.
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
