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

  /// - Parameter changes: a family's together, so that what a file says of a dependent is known where the subscriber's
  ///   coverage ends.
  /// - Returns: what became of each change, in order.
  /// - Throws: `StoreFailure`; then none of them was made.
  package func enrol(_ changes: [EnrolmentChange]) async throws -> [ActivityOutcome<EnrolmentResponse>] {
    let (runner, activity) = (runner, activity)
    let dependents = Dictionary(grouping: changes.filter { !$0.isSubscriber }, by: \.familyID)
    let requests = changes.map { change in
      EnrolmentActivity<Store.Transaction>.Request(
        change, dependents: change.isSubscriber ? dependents[change.familyID] ?? [] : [])
    }
    return try await store.transaction { transaction in
      try runner.run(activity, requests.map { ActivityCall($0) }, in: transaction)
    }
  }
}
