package import ClaimsDomain
package import DurableExecution

/// Decisions as rows, so that the database itself can hold them to their balance and find care that was given once.
package protocol DecisionRecords {
  /// Claims whose decision allowed a service of this signature (SHA-256 of `ServiceSignature.text`, hex).
  func allowedServices(_ signatures: [String]) throws -> [String: Set<ClaimIntakeID>]

  func insert(_ decisions: [DecisionRow]) throws
}

package struct DecisionRow: Hashable, Sendable {
  package var id: AdjudicationID
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText
  package var decision: Decision
  /// By line number.
  package var signatures: [Int: String]

  package init(
    id: AdjudicationID, claimID: ClaimIntakeID, effectKey: KeyText, decision: Decision, signatures: [Int: String]
  ) {
    self.id = id
    self.claimID = claimID
    self.effectKey = effectKey
    self.decision = decision
    self.signatures = signatures
  }
}
