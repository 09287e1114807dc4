import BankProtocol
package import ClaimStore
import ClaimsDomain
import DurableExecution

/// A claim that was decided or suspended. Only adjudication creates one, so nothing else can be paid.
package final class AdjudicatedClaim: Sendable {
  package let received: ReceivedClaim
  package let row: ClaimRow
  package let response: AdjudicationResponse
  let stored: StoredResponse
  let lineage: Lineage
  /// Whether the claim had been decided before.
  let isReplay: Bool

  fileprivate init(
    received: ReceivedClaim, row: ClaimRow, response: AdjudicationResponse, stored: StoredResponse, lineage: Lineage,
    isReplay: Bool
  ) {
    self.received = received
    self.row = row
    self.response = response
    self.stored = stored
    self.lineage = lineage
    self.isReplay = isReplay
  }
}

/// Decides claims under a ruleset.
package struct AdjudicationAgent<Transaction: AdjudicationRecords>: Sendable {
  let runner: DurableRunner
  private let activity: AdjudicationActivity<Transaction>

  init(runner: DurableRunner, ruleset: Ruleset) {
    self.runner = runner
    activity = AdjudicationActivity(adjudicator: Adjudicator(ruleset: ruleset))
  }

  func decide(
    _ claims: [Placed<EligibleClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<AdjudicatedClaim>>] {
    let decided = try runner.run(activity, for: claims, in: transaction) { placed in
      let claim = placed.value
      return ActivityCall(
        .init(
          claim: claim.received.submitted, row: claim.received.row, eligibilityKey: claim.key,
          circumstances: claim.circumstances), below: claim.lineage)
    }
    let rows = try transaction.claims(claims.map(\.value.received.row.id))
    return try decided.map { claim, outcome in
      try claim.map { try Self.step($0, outcome, now: rows[$0.received.row.id]) }
    }
  }

  /// - Parameter now: the claim's row after the decision.
  private static func step(
    _ claim: EligibleClaim, _ outcome: ActivityOutcome<AdjudicationResponse>, now: ClaimRow?
  ) throws -> Step<AdjudicatedClaim> {
    let row = claim.received.row
    switch outcome {
    case .completed(let done):
      guard let decided = now else { throw StoreFailure.corrupt("claim \(row.id) is gone") }
      return .onward(
        AdjudicatedClaim(
          received: claim.received, row: decided, response: done.response, stored: done.stored,
          lineage: done.lineage, isReplay: done.isReplay))
    case .failed(let failure, _): return .stopped(.unsettled(Unsettled(failure, row: row)))
    case .inProgress(let until): return .stopped(.unsettled(.inProgress(until: until, row: row)))
    case .mismatch(let key): return .stopped(.unsettled(.mismatch(key, row: row)))
    }
  }
}

extension EligibleClaim {
  fileprivate var circumstances: Adjudicator.Circumstances? {
    coverage.map { .init(received: received.row.receivedOn, spans: $0.spans) }
  }
}

extension ActivityFailure {
  /// The rules cannot decide this claim. It stays open, because better rules may decide it.
  static func undecidable(_ failure: AdjudicationFailure) -> ActivityFailure {
    ActivityFailure(.undecidable, failure.description)
  }

  /// The claim was received under rules that are not available now.
  static func otherRuleset(_ ruleset: RulesetID) -> ActivityFailure {
    ActivityFailure(.otherRuleset, "the claim was received under ruleset \(ruleset): run it with --ruleset \(ruleset)")
  }
}
