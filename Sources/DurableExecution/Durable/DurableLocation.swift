/// The location of a store. Each store's module adds its own form: `.sqlite(…)`, `.postgres(…)`.
public struct DurableLocation: Sendable {
  package var settings = StoreSettings()
  private let open: @Sendable (DurableRunner, StoreSettings) async throws -> any DurableEngine

  /// - Parameter open: opens the store.
  package init<Store: DurableStore>(_ open: @escaping @Sendable (StoreSettings) async throws -> Store) {
    self.open = { RunningEngine(try await open($1), $0) }
  }

  func open(_ runner: DurableRunner) async throws -> any DurableEngine { try await open(runner, settings) }
}

/// The parts of a store that a test may replace.
package struct StoreSettings: Sendable {
  /// The clock to use; nil for the database's own clock.
  package var clock: (@Sendable () -> Timestamp)?
  package var probe: StoreProbe?

  package init() {}
}
