package import ClaimsDomain
package import DurableExecution

/// Decisions as rows, so that the database itself can hold them to their balance and find care that was given once.
package protocol DecisionRecords {
  /// Claims whose decision allowed a service of these signatures (`SignatureDigests`), by signature. Those that were
  /// replaced are left out.
  ///
  /// - Parameters:
  ///   - exact: digests of `ServiceSignature`.
  ///   - near: digests of `NearSignature`; none where no plan asks for near duplicates.
  func allowedServices(_ exact: [String], near: [String]) throws -> [String: Set<ClaimIntakeID>]

  func insert(_ decisions: [DecisionRow]) throws
}

package struct DecisionRow: Hashable, Sendable {
  package var id: AdjudicationID
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText
  package var decision: Decision
  /// By line number.
  package var signatures: [Int: SignatureDigests]

  package init(
    id: AdjudicationID, claimID: ClaimIntakeID, effectKey: KeyText, decision: Decision,
    signatures: [Int: SignatureDigests]
  ) {
    self.id = id
    self.claimID = claimID
    self.effectKey = effectKey
    self.decision = decision
    self.signatures = signatures
  }
}
