public import DurableExecution
import DurableMigrations
import DurableSQL

extension DurableLocation {
  /// A SQLite file. It is created with the runner's tables if it does not exist, and may also contain tables of your
  /// own.
  ///
  /// Several processes may use one file. Each commit is on disk before it returns.
  public static func sqlite(_ path: String) -> DurableLocation {
    DurableLocation { settings in
      guard !path.utf8.contains(0) else { throw StoreFailure.unreachable("the path has a NUL character") }
      return try SQLiteStore(
        path: path, schema: .durable, clock: settings.clock ?? SQLiteStore.systemClock, probe: settings.probe)
    }
  }
}

extension SchemaSteps {
  /// The runner's tables alone. Files are marked "DURA".
  fileprivate static let durable = SchemaSteps(Step.durable, applicationID: 0x4455_5241)
}
