public import DurableExecution
import DurableMigrations
import DurableSQL

extension DurableLocation {
  /// A file of SQLite. It is made where there is none, with the tables of the runner; tables of your own may be in it too.
  ///
  /// Several processes may use one file. Each commit is on the disk before it returns.
  public static func sqlite(_ path: String) -> DurableLocation {
    DurableLocation { settings in
      try SQLiteStore(
        path: path, schema: .durable, clock: settings.clock ?? SQLiteStore.systemClock, probe: settings.probe)
    }
  }
}

extension SchemaSteps {
  /// The tables of the runner alone. Files are marked "DURA".
  fileprivate static let durable = SchemaSteps(Step.durable, applicationID: 0x4455_5241)
}
