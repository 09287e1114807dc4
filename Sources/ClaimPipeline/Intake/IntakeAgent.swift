import BankProtocol
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// A claim that was accepted and has an intake number. Only intake creates one.
package final class ReceivedClaim: Sendable {
  package let submitted: SubmittedClaim
  package let row: ClaimRow
  let lineage: Lineage
  /// Whether the claim had been received before.
  let isReplay: Bool

  fileprivate init(submitted: SubmittedClaim, row: ClaimRow, lineage: Lineage, isReplay: Bool) {
    self.submitted = submitted
    self.row = row
    self.lineage = lineage
    self.isReplay = isReplay
  }
}

/// Receives claims.
package struct IntakeAgent<Transaction: IntakeRecords>: Sendable {
  let runner: DurableRunner
  let ruleset: RulesetID
  /// The day to record as the date of receipt; nil for today by the database's clock (UTC).
  var receivedOn: CalendarDate?
  private let activity: IntakeActivity<Transaction>

  init(runner: DurableRunner, ruleset: RulesetID, receivedOn: CalendarDate?, partners: PartnerProfiles) {
    self.runner = runner
    self.ruleset = ruleset
    self.receivedOn = receivedOn
    activity = IntakeActivity(partners: partners)
  }

  func receive(
    _ claims: [Placed<SubmittedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<ReceivedClaim>>] {
    let today = try receivedOn ?? transaction.now.day
    let received = try runner.run(activity, for: claims, in: transaction) {
      ActivityCall(.init(claim: $0.value, ruleset: ruleset, receivedOn: today))
    }
    let rows = try transaction.claims(claims.map { IntakeKey(of: $0.value).claimID })
    return try received.map { claim, outcome in try claim.map { try Self.step($0, outcome, rows) } }
  }

  private static func step(
    _ claim: SubmittedClaim, _ outcome: ActivityOutcome<IntakeResponse>, _ rows: [ClaimIntakeID: ClaimRow]
  ) throws -> Step<ReceivedClaim> {
    switch outcome {
    case .completed(let done):
      guard let row = rows[done.response.claimIntakeID] else {
        throw StoreFailure.corrupt("claim \(done.response.claimIntakeID) has a key and no row")
      }
      return .onward(
        ReceivedClaim(submitted: claim, row: row, lineage: done.lineage, isReplay: done.isReplay))
    case .failed(let failure, let isReplay):
      return .stopped(.rejected(failure, key: IntakeKey(of: claim).text, isReplay: isReplay))
    case .inProgress(let until): return .stopped(.unsettled(.inProgress(until: until)))
    case .mismatch(let key): return .stopped(.unsettled(.mismatch(key)))
    }
  }
}

extension ActivityFailure {
  /// The claim is rejected: as submitted, it can never be decided.
  static func intakeRejected(_ fault: ClaimFault, of kind: ClaimKind) -> ActivityFailure {
    ActivityFailure(.claimRejected, fault.element(of: kind).map { "\($0): \(fault.reason)" } ?? fault.reason)
  }
}
