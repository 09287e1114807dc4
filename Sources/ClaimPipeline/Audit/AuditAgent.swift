package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// A claim that all five agents have finished. Only audit creates one.
package final class AuditedClaim: Sendable {
  package let closed: ClosedClaim
  package let row: ClaimRow
  /// Whether this run did nothing that had not been done before.
  package let isReplay: Bool

  fileprivate init(closed: ClosedClaim, row: ClaimRow, isReplay: Bool) {
    self.closed = closed
    self.row = row
    self.isReplay = isReplay
  }
}

extension AuditedClaim: ClaimPhase {
  package func unsettled(_ failure: ActivityFailure) -> Unsettled { Unsettled(failure, row: row) }
}

/// Records the outcomes of claims.
package struct AuditAgent<Transaction: AuditRecords>: Sendable {
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
      // The activity has updated the row, unless an earlier run had done so.
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
