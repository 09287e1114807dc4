package import ClaimStore
package import ClaimsDomain
import DurableExecution

extension ClaimProcessor {
  /// Returns the keys under which processing would act for claims, before anything is done. The claims go through the same
  /// decision as in processing, one after another, and the transaction is rolled back.
  ///
  /// A key says what will be done and for how much, so whoever knows the keys beforehand can ask for each outcome without
  /// sending the claim again. They are those of a run by the same rules on the same store: a claim that comes in between
  /// may use up a deductible, and then another amount is paid under another key.
  ///
  /// - Throws: `StoreFailure`.
  package func predictedKeys(of claims: [Placed<SubmittedClaim>]) async throws -> [Placed<PredictedKeys>] {
    try await store.rehearse { [chain] in try chain.predictedKeys(of: claims, in: $0) }
  }
}

/// The keys under which a claim will be acted on.
package enum PredictedKeys: Sendable {
  case keys(ClaimKeys)
  /// The claim would be sent back, or cannot be decided now.
  case none(String)
}

extension ProcessClaim {
  fileprivate func predictedKeys(
    of claims: [Placed<SubmittedClaim>], in transaction: ClaimTransaction
  ) throws -> [Placed<PredictedKeys>] {
    try decision.run(Batch(claims), in: transaction).results {
      .keys($0.predictedKeys)
    } stopped: { stopped in
      switch stopped {
      case .unsettled(let unsettled): .none(unsettled.reason.message)
      case .rejected(let failure, _, _): .none(failure.message)
      }
    }
  }
}

extension AdjudicatedClaim {
  fileprivate var predictedKeys: ClaimKeys {
    let payment = PaymentRequest(for: self)
    var keys = row.keys
    keys.payment = payment?.key.text
    keys.audit =
      AuditKey(
        adjudicationID: response.adjudicationID, event: (payment?.outcome ?? .suspended).rawValue
      ).text
    return keys
  }
}
