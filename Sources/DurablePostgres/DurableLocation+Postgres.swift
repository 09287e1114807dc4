public import DurableExecution
import DurableMigrations
import DurableSQL
import PostgresDriver

extension DurableLocation {
  /// A PostgreSQL server, shared by any number of processes and machines.
  ///
  /// - Parameters:
  ///   - url: `postgres://HOST/DATABASE`, with all options of libpq.
  ///   - schema: the PostgreSQL schema of the runner's tables. Statements search it first, and it may also contain
  ///     tables of your own.
  public static func postgres(_ url: String, schema: String = "durable") -> DurableLocation {
    DurableLocation { settings in
      // The server would cut a longer name off, and two stores would share their tables.
      guard (1...63).contains(schema.utf8.count), !schema.utf8.contains(0) else {
        throw StoreFailure.unreachable("the name of a schema has 1 to 63 bytes")
      }
      let address: PostgresAddress
      do {
        address = try PostgresAddress(url)
      } catch {
        throw StoreFailure.unreachable("\(error)")
      }
      return try await PostgresStore(
        address, steps: SchemaSteps(SchemaSteps.Step.durable, applicationID: 0), schema: schema, isSerializable: true,
        clock: settings.clock, probe: settings.probe)
    }
  }
}
