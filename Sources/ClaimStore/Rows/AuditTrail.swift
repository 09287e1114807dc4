package import ClaimsDomain
package import DurableExecution

/// The audit agent's records: one row per claim and outcome.
package protocol AuditTrail {
  func insert(_ audits: [AuditRow]) throws
}

package struct AuditRow: Hashable, Sendable {
  package var id: String
  package var claimID: ClaimIntakeID
  package var adjudicationID: AdjudicationID
  /// `paid`, `denied`, or `suspended`.
  package var event: String
  package var effectKey: KeyText
  /// SHA-256 over the digests of the responses that support the outcome, so that a later change to one of them is
  /// detected.
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

/// The records that people look up in a terminal or on a page, and the few changes they may make by hand.
package protocol OperatorRecords {
  /// The claims that a name may refer to: the claim with this ID, or all claims with this provider's number, at most
  /// 100.
  func claims(named name: String) throws -> [ClaimRow]

  /// The postings of a claim, in the order in which they were posted.
  func postings(of claim: ClaimIntakeID) throws -> [LedgerPosting]

  /// The bank's numbers of all transfers on record.
  func transfersOnRecord() throws -> Set<String>

  /// The newest `limit` keys before a record, live and archived, oldest first. A nil argument matches any value.
  func keys(status: KeyStatus?, effect: String?, before record: KeyRecord?, limit: Int) throws -> [KeyRecord]

  /// Suspended claims of an assignee, longest waiting first.
  func suspendedClaims(of assignee: AssigneeFilter, after: ClaimRow?, limit: Int) throws -> [ClaimRow]

  /// The manual acts on these keys, in the order in which they were done.
  func acts(on keys: [KeyText]) throws -> [OperatorAct]

  /// The latest acts of one kind, newest first.
  func latest(act: String, limit: Int) throws -> [OperatorAct]

  /// Records a manual act, with the names of the waivers used for it.
  func write(act: String, of key: KeyText, by signOff: SignOff, waiving waived: [String]) throws

  /// Allows a permanently failed key to be tried again, or ends the lease of a pending one, and records who did so and
  /// why. The current lease holder is fenced.
  ///
  /// - Throws: `StoreFailure.fenced` when the key no longer matches the record.
  func release(_ record: KeyRecord, by signOff: SignOff) throws
}
