import ClaimMigrations
package import ClaimsDomain
package import DurableExecution
import DurableMigrations
package import DurablePostgres
package import DurableSQL
package import DurableSQLite
package import Logging
package import PostgresDriver

// A durable store becomes a claims store through the tables it is created with and the statements of this target.

extension SchemaSteps {
  /// The steps that create the tables of a claims store, in the order in which they were introduced. SQLite files are
  /// marked "PAID".
  package static let claims = SchemaSteps(
    [Step.durable[0], Step.claims[0], Step.durable[1]] + Step.claims.dropFirst(),
    applicationID: 0x5041_4944, formerly: formerlyOneStep)
}

extension SQLiteStore {
  /// Opens the file of a claims store, and creates or upgrades it if needed.
  ///
  /// - Throws: `StoreFailure`.
  package convenience init(
    path: String, clock: @escaping @Sendable () -> Timestamp = SQLiteStore.systemClock, probe: StoreProbe? = nil,
    logger: Logger = Logger(label: "store") { StreamLogHandler.standardError(label: $0) }
  ) throws {
    try self.init(path: path, schema: .claims, clock: clock, probe: probe, logger: logger)
  }

  /// Opens the file of a claims store for reading only.
  ///
  /// - Throws: `StoreFailure`.
  package convenience init(
    reading path: String, clock: @escaping @Sendable () -> Timestamp = SQLiteStore.systemClock
  ) throws {
    try self.init(reading: path, schema: .claims, clock: clock)
  }

  /// The number of the last schema step of a claims store's file; 0 if there is no file.
  ///
  /// - Throws: `StoreFailure`.
  package static func schemaVersion(path: String) throws -> Int { try schemaVersion(path: path, schema: .claims) }
}

extension PostgresStore {
  /// Connects to a claims store, and creates or upgrades its tables if needed.
  ///
  /// - Throws: `StoreFailure`.
  package convenience init(
    _ address: PostgresAddress, schema: String = "paidonce", connections: Int = 8,
    clock: (@Sendable () -> Timestamp)? = nil, probe: StoreProbe? = nil, patience: Duration = .seconds(15),
    logger: Logger = Logger(label: "store") { StreamLogHandler.standardError(label: $0) },
    cache: (@Sendable (_ secret: [UInt8]) throws -> any ResponseCache)? = nil
  ) async throws {
    try await self.init(
      address, steps: .claims, schema: schema, connections: connections, clock: clock, probe: probe,
      patience: patience, logger: logger, cache: cache)
  }

  /// The number of the last schema step of a claims store; 0 if the schema has no tables of ours.
  ///
  /// - Throws: `StoreFailure`.
  package static func schemaVersion(at address: PostgresAddress, schema: String = "paidonce") async throws -> Int {
    try await schemaVersion(at: address, steps: .claims, schema: schema)
  }
}

extension Columns {
  package mutating func cents() throws -> Money { Money(cents: try integer()) }

  package mutating func centsOrNil() throws -> Money? { try integerOrNil().map(Money.init(cents:)) }
}
