import ClaimsDomain
import DurableExecution

/// Makes room for claims that take the place of others.
package struct ReversalAgent<Transaction: ClaimTransaction>: Sendable {
  let runner: DurableRunner
  private let activity = ReversalActivity<Transaction>()

  init(runner: DurableRunner) {
    self.runner = runner
  }

  /// Undoes the claims whose place was taken; a claim that takes nobody's, or waits for a person, passes untouched.
  func reverse(_ claims: [AdjudicatedClaim], in transaction: Transaction) throws -> [Step<AdjudicatedClaim>] {
    let calls = claims.map { claim in
      claim.replaced.map { prior in
        ActivityCall(
          ReversalActivity<Transaction>.Request(claimID: prior, replacedBy: claim.row.id), below: claim.lineage)
      }
    }
    guard calls.contains(where: { !$0.isEmpty }) else { return claims.map(Step.onward) }
    var outcomes = try runner.run(activity, calls.flatMap(\.self), in: transaction)[...]
    return try zip(claims, calls).map { claim, calls in
      let own = outcomes.prefix(calls.count)
      outcomes = outcomes.dropFirst(calls.count)
      for outcome in own {
        guard case .completed = outcome else {
          // The decision rests on the reversal: without it, none of this transaction may stand.
          throw StoreFailure.stale("the claim that \(claim.row.id) replaces")
        }
      }
      return .onward(claim)
    }
  }
}

extension AdjudicatedClaim {
  /// Whose place it has taken: of none as long as it waits for a person.
  fileprivate var replaced: [ClaimIntakeID] {
    guard case .decided = response.verdict else { return [] }
    return received.submitted.priorClaims
  }
}
