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
    let chain = chain
    do {
      return try await store.transaction { transaction in
        let verdicts = try chain.preview(claims, in: transaction)
        throw GivenUp(previews: verdicts)
      }
    } catch let end as GivenUp {
      return end.previews
    }
  }

  private struct GivenUp: Error {
    let previews: [Placed<ClaimPreview>]
  }
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
