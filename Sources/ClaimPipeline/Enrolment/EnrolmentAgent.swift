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

  /// - Returns: what became of each change, in order.
  /// - Throws: `StoreFailure`; then none of them was made.
  package func enrol(_ changes: [EnrolmentChange]) async throws -> [ActivityOutcome<EnrolmentResponse>] {
    let (runner, activity) = (runner, activity)
    return try await store.transaction { transaction in
      try runner.run(activity, changes.map { ActivityCall(.init($0)) }, in: transaction)
    }
  }
}
