import ClaimPipeline
package import ClaimStore
package import DurableExecution
import DurablePostgres
import DurableSQL
import DurableSQLite
import Foundation
import GRDB
import Sabotage

/// The place of a test's store, which stays the same however often the store is opened.
package enum StorePlace: Sendable {
  case file(String)
  case schema(PostgresPlace)

  /// Chooses a place that no other test uses: no file, or a schema with an unused store.
  package init(_ kind: StoreKind, in folder: String) throws {
    switch kind {
    case .sqlite: self = .file("\(folder)/claims.db")
    case .postgres: self = .schema(try PrivatePostgres.shared().newStore())
    }
  }

  /// Chooses a place, and creates a store there as it was when there were fewer steps.
  package static func old(_ kind: StoreKind, in folder: String, steps count: Int) async throws -> StorePlace {
    let steps = SchemaSteps(
      Array(SchemaSteps.claims.steps.prefix(count)), applicationID: SchemaSteps.claims.applicationID)
    switch kind {
    case .sqlite:
      let path = "\(folder)/claims.db"
      try SQLiteStore(path: path, schema: steps).close()
      return .file(path)
    case .postgres:
      let place = try PrivatePostgres.shared().newPlace()
      try await PostgresStore(place.address, steps: steps, schema: place.schema, connections: 1).close()
      return .schema(place)
    }
  }

  /// Puts a new store into a file, as a copy of one that was made once: a debug build takes long to make it.
  package func fillFile() throws {
    if case .file(let path) = self { try Self.newFile.get().write(to: URL(filePath: path)) }
  }

  private static let newFile = Result {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("claims.db"))
    try store.close()
    return try Data(contentsOf: URL(filePath: folder.file("claims.db")))
  }

  /// Opens the store. It closes its connections when it is deinitialized.
  ///
  /// - Parameter life: makes it a store that recognizes nothing that other lives have done.
  package func open(
    clock: @escaping @Sendable () -> Timestamp, probe: StoreProbe? = nil, forgettingAllBut life: String? = nil
  ) async throws -> ClaimStore {
    switch self {
    case .file(let path):
      ClaimStore(try SQLiteStore(path: path, clock: clock, probe: probe), forgettingAllBut: life)
    case .schema(let place):
      ClaimStore(
        try await PostgresStore(place.address, schema: place.schema, connections: 4, clock: clock, probe: probe),
        forgettingAllBut: life)
    }
  }

  /// Runs SQL outside the program.
  package func run(_ sql: String) async throws {
    switch self {
    case .file(let path): try await DatabaseQueue(shared: path).write { try $0.execute(sql: sql) }
    case .schema(let place): try await place.run(sql)
    }
  }

  /// Makes the database refuse rows, as it refuses rows whose values it cannot hold.
  ///
  /// - Parameter condition: a condition on `NEW`, the row.
  package func refuse(_ event: String, on table: String, when condition: String) async throws {
    switch self {
    case .file:
      try await run(
        """
        CREATE TRIGGER refuses BEFORE \(event) ON \(table) WHEN \(condition)
        BEGIN SELECT RAISE(ABORT, 'refused'); END
        """)
    case .schema:
      try await run(
        """
        CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS
          $do$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '22023'; END $do$;
        CREATE TRIGGER refuses BEFORE \(event) ON \(table) FOR EACH ROW WHEN (\(condition)) EXECUTE FUNCTION refuse_row()
        """)
    }
  }

  /// Undoes `refuse`.
  package func accept() async throws {
    switch self {
    case .file: try await run("DROP TRIGGER refuses")
    case .schema: try await run("DROP FUNCTION refuse_row() CASCADE")
    }
  }

  /// Removes the third protection, so that a test can show that the other two are sufficient.
  package func dropStandingPaymentConstraint() async throws {
    switch self {
    case .file(let path):
      _ = try SQLiteStore(path: path)
      try StandingPaymentIndex.remove(fromFile: path)
    case .schema(let place):
      _ = try await PostgresStore(place.address, schema: place.schema, connections: 1)
      try await place.run(StandingPaymentIndex.removal)
    }
  }
}
