package import ClaimsDomain
package import DurableExecution

/// What the audit agent keeps: one row per claim and outcome.
package protocol AuditTrail {
  func insert(_ audits: [AuditRow]) throws
}

package struct AuditRow: Hashable, Sendable {
  package var id: String
  package var claimID: ClaimIntakeID
  package var adjudicationID: AdjudicationID
  /// `paid`, `denied`, `suspended`.
  package var event: String
  package var effectKey: KeyText
  /// SHA-256 over the digests of the responses it rests on: changing one of them afterwards shows.
  package var evidence: String

  package init(
    id: String, claimID: ClaimIntakeID, adjudicationID: AdjudicationID, event: String, effectKey: KeyText,
    evidence: String
  ) {
    self.id = id
    self.claimID = claimID
    self.adjudicationID = adjudicationID
    self.event = event
    self.effectKey = effectKey
    self.evidence = evidence
  }
}
