import BankProtocol
package import ClaimStore
import ClaimsDomain
import DurableExecution

/// Reverses claims that other claims replace.
package struct ReversalAgent<Transaction: ReversalRecords>: Sendable {
  let runner: DurableRunner
  private let activity = ReversalActivity<Transaction>()

  init(runner: DurableRunner) {
    self.runner = runner
  }

  /// Reverses the claims that were replaced. A claim that replaces none or is suspended passes unchanged.
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
        // The decision depends on the reversal: without it, the whole transaction must roll back.
        throw StoreFailure.stale("the claim that \(replacement.by.row.id) replaces")
      }
    }
    return claims.map { $0.map(Step.onward) }
  }
}

extension AdjudicatedClaim {
  /// The claims that this claim replaces; empty while it is suspended.
  var replaced: [ClaimIntakeID] {
    guard case .decided = response.verdict else { return [] }
    return received.submitted.priorClaims
  }
}

extension ActivityFailure {
  /// The claim to be replaced is not finished: try again once it is.
  static func priorClaimUnderWay(_ claim: ClaimIntakeID) -> ActivityFailure {
    ActivityFailure(.priorClaimUnderWay, "claim \(claim), which it replaces, is not at its end yet; run it again")
  }
}
