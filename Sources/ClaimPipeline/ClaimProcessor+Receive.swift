package import ClaimStore
package import ClaimsDomain
import DurableExecution

extension ClaimProcessor {
  /// Receives a claim in the caller's transaction, so that the claim and what the caller records about it are committed
  /// together. `process` takes the claim on from there, and so does whoever finishes what a dead process has begun.
  ///
  /// - Returns: our number for the claim.
  /// - Throws: `NotReceived` if intake does not take the claim; the caller then lets the transaction fail, and nothing of
  ///   the refusal is kept. `StoreFailure`.
  package func receive(_ claim: SubmittedClaim, in transaction: ClaimTransaction) throws -> ClaimIntakeID {
    let received = try chain.reception.run(Batch([claim].placed), in: transaction).results { claim in
      Result<ClaimIntakeID, NotReceived>.success(claim.row.id)
    } stopped: { stopped in
      switch stopped {
      case .rejected(let failure, _, _): .failure(NotReceived(reason: failure.message))
      case .unsettled(let unsettled): .failure(NotReceived(reason: unsettled.reason.message))
      }
    }
    guard let first = received.first else { throw StoreFailure.corrupt("intake gave no answer") }
    return try first.value.get()
  }
}

/// Intake did not take a claim.
package struct NotReceived: Error, Hashable, Sendable {
  /// The reason, without member data.
  package let reason: String
}
