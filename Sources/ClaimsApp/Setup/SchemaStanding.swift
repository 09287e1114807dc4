import ClaimStore
import DurableSQL
import DurablePostgres
import DurableSQLite

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
