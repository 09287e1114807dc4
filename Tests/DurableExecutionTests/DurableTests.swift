import DurableExecution
import DurablePostgres
import DurableSQL
import DurableSQLite
import DurableTesting
import Foundation
import PostgresDriver
import TestSupport
import Testing

/// The library as its users see it, over real stores.
@Suite("An effect happens once", .postgres, .temporaryFolder)
struct DurableTests {
  @Test("every promise of the library holds in both stores", arguments: StoreConformance.checks, StoreKind.allCases)
  func promise(_ check: StoreConformance.Check, on kind: StoreKind) async throws {
    try await check.run(on: kind.location())
  }

  @Test("a flow under another process's live lease is left to that process", arguments: StoreKind.allCases)
  func flowUnderWay(on kind: StoreKind) async throws {
    struct Lost: Error {}
    let location = try kind.location()
    let flow = Flow("fulfill", key: { (order: String) in [order] }, returns: Bool.self) { _, _ in throw Lost() }
    let first = try await Durable(location, lease: .seconds(3_600))
    await #expect(throws: Lost.self) { try await first.run(flow, "1", waitingUpTo: .zero) }
    #expect(try await Durable(location).resume(flow) == 0)
  }
}

extension StoreKind {
  /// Returns an empty store for the library alone.
  func location() throws -> DurableLocation {
    switch self {
    case .sqlite:
      let folder = try #require(TemporaryFolderTrait.current, "the suite has no .temporaryFolder")
      return .sqlite(folder.appending(path: "\(UUID()).db").path)
    case .postgres:
      let place = try PrivatePostgres.shared().newPlace()
      return .postgres(place.address.text, schema: place.schema)
    }
  }
}
