package import ClaimsDomain
import DurableExecution

extension ClaimProcessor {
  /// What would be decided about claims, one after the other. It is decided as in earnest, and nothing of it is kept: the
  /// transaction is given up at its end.
  ///
  /// - Returns: for each claim the verdict, or why there is none, in its place.
  /// - Throws: `StoreFailure`.
  package func preview(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<ClaimPreview>] {
    let story = story
    do {
      return try await store.transaction { transaction in
        let verdicts = try story.preview(claims, in: transaction)
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

/// What would be decided about a claim, or why nothing would.
package enum ClaimPreview: Sendable {
  case verdict(AdjudicationResponse)
  case undecided(String)
}

extension ProcessClaim {
  fileprivate func preview(
    _ claims: [Placed<SubmittedClaim>], in transaction: Store.Transaction
  ) throws -> [Placed<ClaimPreview>] {
    let batch = try Batch(claims)
      .advance { try gate.admit($0, in: transaction) }
      .advance { try intake.receive($0, in: transaction) }
      .advance { try eligibility.check($0, in: transaction) }
      .advance { try adjudication.decide($0, in: transaction) }
    return batch.results { adjudicated in
      .verdict(adjudicated.response)
    } stopped: { stopped in
      switch stopped {
      case .unsettled(let unsettled): .undecided(unsettled.reason.message)
      case .rejected(let failure, _, _): .undecided(failure.message)
      }
    }
  }
}
