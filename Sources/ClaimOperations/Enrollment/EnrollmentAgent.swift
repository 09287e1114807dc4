import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Enrolls members from what sponsors send.
package struct EnrollmentAgent: Sendable {
  private let store: ClaimStore
  private let runner: DurableRunner
  private let activity = EnrollmentActivity<ClaimTransaction>()

  package init(store: ClaimStore, runner: DurableRunner) {
    self.store = store
    self.runner = runner
  }

  /// - Parameter changes: each change with its origin. The changes of a family come together, so that what a file says
  ///   about a dependent is known when the subscriber's coverage ends.
  /// - Returns: the outcome of each change, with its origin.
  /// - Throws: `StoreFailure` when the store cannot be reached. When the database refuses a row of one family, the
  ///   other families are still enrolled and every change of that family fails.
  package func enroll<Origin: Sendable>(
    _ changes: [(change: EnrollmentChange, from: Origin)]
  ) async throws -> [(from: Origin, outcome: ActivityOutcome<EnrollmentResponse>)] {
    do {
      return try await enrollTogether(changes)
    } catch {
      guard let code = FailureCode(ofOneClaim: error), code.followUp == .person else { throw error }
      guard let middle = Self.middle(of: changes.map(\.change)) else {
        let failure = ActivityFailure(code, "\(error)")
        return changes.map { (from: $0.from, outcome: .failed(failure, isReplay: false)) }
      }
      return try await enroll(Array(changes[..<middle])) + enroll(Array(changes[middle...]))
    }
  }

  /// Returns the index of the family start nearest to the middle; nil for a single family, which is never split.
  private static func middle(of changes: [EnrollmentChange]) -> Int? {
    changes.indices.dropFirst().filter { changes[$0].familyID != changes[$0 - 1].familyID }
      .min { abs($0 - changes.count / 2) < abs($1 - changes.count / 2) }
  }

  private func enrollTogether<Origin: Sendable>(
    _ changes: [(change: EnrollmentChange, from: Origin)]
  ) async throws -> [(from: Origin, outcome: ActivityOutcome<EnrollmentResponse>)] {
    let (runner, activity) = (runner, activity)
    let dependents = Dictionary(grouping: changes.map(\.change).filter { !$0.isSubscriber }, by: \.familyID)
    return try await store.transaction { transaction in
      try runner.run(activity, for: changes, in: transaction) { change, _ in
        ActivityCall(.init(change, dependents: change.isSubscriber ? dependents[change.familyID] ?? [] : []))
      }.map { (from: $0.item.from, outcome: $0.outcome) }
    }
  }
}
