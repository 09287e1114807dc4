package import ClaimPipeline
package import DurableExecution
import Foundation
import PostgresStore
import SQLiteStore
package import StoreSQL

/// Where a test's store is: the same one however often it is opened.
package enum StorePlace: Sendable {
  case file(String)
  case schema(String, PrivatePostgres)

  /// A place nothing is at yet.
  package init(_ kind: StoreKind, in folder: String) throws {
    switch kind {
    case .sqlite: self = .file("\(folder)/claims.db")
    case .postgres:
      let server = try PrivatePostgres.shared()
      self = .schema(server.newSchema(), server)
    }
  }

  /// A store closes its connections when nobody holds it any more.
  package func open(
    clock: @escaping @Sendable () -> Timestamp, probe: StoreProbe? = nil
  ) async throws -> any ClaimStore {
    switch self {
    case .file(let path): try SQLiteStore(path: path, clock: clock, probe: probe)
    case .schema(let name, let server):
      try await PostgresStore(server.address, schema: name, connections: 4, clock: clock, probe: probe)
    }
  }

  /// Takes the third protection away, so that the other two can be shown to be enough without it.
  package func dropStandingPaymentConstraint() async throws {
    switch self {
    case .file(let path): try SQLiteStore(path: path).dropStandingPaymentConstraint()
    case .schema(let name, let server):
      _ = try await PostgresStore(server.address, schema: name, connections: 1)
      try await server.run("DROP INDEX one_standing_payment", in: name)
    }
  }
}
