import ClaimStore
package import ClaimsDomain
import DurableExecution

extension ClaimProcessor {
  /// Previews the decisions for claims, one after another. The claims go through the same decision as in processing,
  /// but the transaction is rolled back at the end, so nothing is kept.
  ///
  /// - Returns: the verdict for each claim, or why there is none, with the claim's place.
  /// - Throws: `StoreFailure`.
  package func preview(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<ClaimPreview>] {
    try await store.rehearse { [chain] in try chain.preview(claims, in: $0) }
  }
}

extension ClaimStore {
  /// Returns the result of a transaction, and keeps nothing of it.
  ///
  /// - Throws: `StoreFailure`, and any error of the work.
  func rehearse<Value: Sendable>(
    _ work: @escaping @Sendable (ClaimTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await transaction { throw Rehearsed(value: try work($0)) }
    } catch let end as Rehearsed<Value> {
      return end.value
    }
  }
}

/// The end of a transaction that is only rehearsed: thrown, so that it is rolled back.
private struct Rehearsed<Value: Sendable>: Error {
  let value: Value
}

/// The decision that would be made for a claim, or why none would be made.
package enum ClaimPreview: Sendable {
  case verdict(AdjudicationResponse)
  case undecided(String)
}

extension ProcessClaim {
  fileprivate func preview(
    _ claims: [Placed<SubmittedClaim>], in transaction: ClaimTransaction
  ) throws -> [Placed<ClaimPreview>] {
    try decision.run(Batch(claims), in: transaction).results { adjudicated in
      .verdict(adjudicated.response)
    } stopped: { stopped in
      switch stopped {
      case .unsettled(let unsettled): .undecided(unsettled.reason.message)
      case .rejected(let failure, _, _): .undecided(failure.message)
      }
    }
  }
}
