import BankProtocol
package import ClaimStore
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
  func reverse(
    _ claims: [Placed<AdjudicatedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<AdjudicatedClaim>>] {
    let replacements = claims.map(\.value).flatMap { claim in claim.replaced.map { (prior: $0, by: claim) } }
    let reversed =
      try replacements.isEmpty
      ? []
      : runner.run(activity, for: replacements, in: transaction) { prior, claim in
        ActivityCall(
          ReversalActivity<Transaction>.Request(claimID: prior, replacedBy: claim.row.id), below: claim.lineage)
      }
    for (replacement, outcome) in reversed {
      guard case .completed = outcome else {
        // The decision rests on the reversal: without it, none of this transaction may stand.
        throw StoreFailure.stale("the claim that \(replacement.by.row.id) replaces")
      }
    }
    return claims.map { $0.map(Step.onward) }
  }
}

extension AdjudicatedClaim {
  /// Whose place it has taken: of none as long as it waits for a person.
  fileprivate var replaced: [ClaimIntakeID] {
    guard case .decided = response.verdict else { return [] }
    return received.submitted.priorClaims
  }
}

extension ActivityFailure {
  /// The claim that is to be replaced is on its way: worth another go when it is there.
  static func priorClaimUnderWay(_ claim: ClaimIntakeID) -> ActivityFailure {
    ActivityFailure(.priorClaimUnderWay, "claim \(claim), which it replaces, is not at its end yet; run it again")
  }
}
