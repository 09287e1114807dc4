package import ClaimStore
import ClaimsDomain
import DurableExecution

/// A claim all five agents are done with. Only audit makes one.
package struct AuditedClaim: Sendable {
  package let closed: ClosedClaim
  package let row: ClaimRow
  /// Whether nothing at all was done now that had not been done before.
  package let isReplay: Bool

  fileprivate init(closed: ClosedClaim, row: ClaimRow, isReplay: Bool) {
    self.closed = closed
    self.row = row
    self.isReplay = isReplay
  }
}

/// Puts outcomes on record.
package struct AuditAgent<Transaction: ClaimTransaction>: Sendable {
  let runner: DurableRunner
  private let activity = AuditActivity<Transaction>()

  init(runner: DurableRunner) {
    self.runner = runner
  }

  func record(
    _ claims: [Placed<ClosedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<AuditedClaim>>] {
    let audited = try runner.run(activity, for: claims, in: transaction) {
      ActivityCall(request(for: $0.value), below: $0.value.lineage)
    }
    return audited.map { claim, outcome in claim.map { Self.step($0, outcome) } }
  }

  private static func step(_ claim: ClosedClaim, _ outcome: ActivityOutcome<AuditResponse>) -> Step<AuditedClaim> {
    switch outcome {
    case .completed(let done):
      // The activity has written the row once more, unless it had done so before.
      let row = done.isReplay ? claim.row : claim.row.advanced { $0.keys.audit = done.key }
      return .onward(
        AuditedClaim(closed: claim, row: row, isReplay: done.isReplay && claim.claim.received.isReplay))
    case .failed(let failure, _): return .stopped(.unsettled(Unsettled(failure, row: claim.row)))
    case .inProgress(let until): return .stopped(.unsettled(.inProgress(until: until, row: claim.row)))
    case .mismatch(let key): return .stopped(.unsettled(.mismatch(key, row: claim.row)))
    }
  }

  private func request(for claim: ClosedClaim) -> AuditActivity<Transaction>.Request {
    var digests = [claim.claim.stored.digest]
    let event: ClaimStatus
    switch claim.payment {
    case .closed(let response, let stored):
      digests.append(stored.digest)
      event = response.status
    case .refused, .notDue:
      event = .suspended
    }
    return .init(
      claim: claim.row, adjudicationID: claim.claim.response.adjudicationID, event: event.rawValue,
      evidence: AuditEvidence(responseDigests: digests))
  }
}
