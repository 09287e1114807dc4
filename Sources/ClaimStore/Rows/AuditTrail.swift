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
  /// SHA-256 over the digests of the responses it rests on: changing one of them afterward shows.
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

/// What people at a terminal or a page look up, and the little they may change by hand.
package protocol OperatorRecords {
  /// The claims a person may mean: by our id, or all that came under the provider's number, 100 at most.
  func claims(named name: String) throws -> [ClaimRow]

  /// In order of id.
  func payments(of claims: [ClaimIntakeID]) throws -> [PaymentRow]

  /// In the order in which they were posted.
  func postings(of claim: ClaimIntakeID) throws -> [LedgerPosting]

  /// The bank's numbers of all transfers we know of.
  func transfersOnRecord() throws -> Set<String>

  /// Keys, live and archived, the newest `limit` of them, oldest first. Nil takes any.
  func keys(status: KeyStatus?, effect: String?, limit: Int) throws -> [KeyRecord]

  /// Claims that wait for a person, the longest waiting first.
  func suspendedClaims(after: ClaimRow?, limit: Int) throws -> [ClaimRow]

  /// What people have done by hand about these keys, in the order in which they did it.
  func acts(on keys: [KeyText]) throws -> [OperatorAct]

  /// The last acts of one kind, the newest first.
  func latest(act: String, limit: Int) throws -> [OperatorAct]

  /// Puts on record what a person has done by hand, and the names of what was set aside for it.
  func write(act: String, of key: KeyText, by signOff: SignOff, waiving waived: [String]) throws

  /// Lets a key that failed for good be tried again, or ends the lease of a pending one, and writes down who said so and
  /// why. Whoever holds the lease is fenced.
  ///
  /// - Throws: `StoreFailure.fenced` when the key is not the record it was.
  func release(_ record: KeyRecord, by signOff: SignOff) throws
}
