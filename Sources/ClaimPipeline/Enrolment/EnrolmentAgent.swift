package import ClaimsDomain
package import DurableExecution

/// Takes in what sponsors say of their members.
package struct EnrolmentAgent<Store: ClaimStore>: Sendable {
  private let store: Store
  private let runner: DurableRunner
  private let activity = EnrolmentActivity<Store.Transaction>()

  package init(store: Store, runner: DurableRunner) {
    self.store = store
    self.runner = runner
  }

  /// - Parameter changes: each with whatever it came from. A family's come together, so that what a file says of a
  ///   dependent is known where the subscriber's coverage ends.
  /// - Returns: what became of each change, with what it came from.
  /// - Throws: `StoreFailure`; then none of them was made.
  package func enrol<Origin: Sendable>(
    _ changes: [(change: EnrolmentChange, from: Origin)]
  ) async throws -> [(from: Origin, outcome: ActivityOutcome<EnrolmentResponse>)] {
    let (runner, activity) = (runner, activity)
    let dependents = Dictionary(grouping: changes.map(\.change).filter { !$0.isSubscriber }, by: \.familyID)
    return try await store.transaction { transaction in
      try runner.run(activity, for: changes, in: transaction) { change, _ in
        ActivityCall(.init(change, dependents: change.isSubscriber ? dependents[change.familyID] ?? [] : []))
      }.map { (from: $0.item.from, outcome: $0.outcome) }
    }
  }
}
