import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Takes in what sponsors say of their members.
package struct EnrollmentAgent<Store: ClaimStore>: Sendable {
  private let store: Store
  private let runner: DurableRunner
  private let activity = EnrollmentActivity<Store.Transaction>()

  package init(store: Store, runner: DurableRunner) {
    self.store = store
    self.runner = runner
  }

  /// - Parameter changes: each with whatever it came from. A family's come together, so that what a file says of a
  ///   dependent is known where the subscriber's coverage ends.
  /// - Returns: what became of each change, with what it came from.
  /// - Throws: `StoreFailure` when the store cannot be asked. Where the database does not take a row of one family, the
  ///   others are taken in without it, and each change of that family has failed.
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

  /// Where the family begins that is nearest to the middle; nil for one family, which stays together.
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
