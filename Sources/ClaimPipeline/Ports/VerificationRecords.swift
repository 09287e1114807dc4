package import ClaimsDomain
package import DurableExecution

/// What `claims verify` reads: every row there is, in pages and batches, so that memory does not grow with the store.
///
/// Rows come as they stand. What the writing side would never write is for the checks to find.
package protocol VerificationRecords {
  /// A page of claims, in order of id.
  func claimIDs(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID]

  /// The rows of these keys, live and archived.
  func keyRows(_ keys: [KeyText]) throws -> [KeyRow]

  /// A page of the keys that no claim, decision, payment or audit record names as its own, in order of key:
  /// eligibility answers, claims sent back at intake, and whatever has lost its row.
  func looseKeys(isArchived: Bool, after: KeyText?, limit: Int) throws -> [KeyRow]

  /// The answers that were once given under these keys and were taken out of use.
  func retiredAnswers(_ keys: [KeyText]) throws -> [RetiredAnswer]

  /// The events of these streams, each stream in the order in which they were written.
  func history(of streams: [String]) throws -> [EffectEvent]

  /// The events of these keys, in the order in which they were written.
  func events(of keys: [KeyText]) throws -> [EffectEvent]

  func decisions(of claims: [ClaimIntakeID]) throws -> [StoredDecision]

  /// Those of these claims that have a payment, in whatever state.
  func claimsWithPayments(among claims: [ClaimIntakeID]) throws -> Set<ClaimIntakeID>

  func postings(under keys: [KeyText]) throws -> [LedgerPosting]

  func audits(under keys: [KeyText]) throws -> [AuditRow]

  /// What was applied at these places. Places nothing was applied to are absent.
  func accumulatorEntries(at places: [AccumulatorPlace]) throws -> [AccumulatorRow]

  /// A page of entries in order of place.
  func accumulatorEntries(after: AccumulatorPlace?, limit: Int) throws -> [AccumulatorRow]

  /// A page of sums by scope, in order of scope.
  func accumulatorTotals(after: AccumulatorScope?, limit: Int) throws -> [Accumulators.Entry]

  /// Debits minus credits of every account, by its name.
  func accountBalances() throws -> [String: Money]

  /// What is left without what it belongs to: the ids of the first rows of a kind.
  func orphans(_ kind: OrphanKind, limit: Int) throws -> [String]

  /// A page of the care that several claims are paid for, in order of signature; claims whose place was taken do not count.
  func carePaidAgain(after: String?, limit: Int) throws -> [CarePaidAgain]

  /// A page of the numbers that an enrollment transaction has settled, in order.
  func settledEnrollments(after: MemberID?, limit: Int) throws -> [SettledEnrollment]

  func counts() throws -> StoreCounts
}

/// One service, by signature, and the claims that are paid for it.
package struct CarePaidAgain: Hashable, Sendable {
  package let signature: String
  package let claims: [ClaimIntakeID]

  package init(signature: String, claims: [ClaimIntakeID]) {
    self.signature = signature
    self.claims = claims
  }
}

/// The totals of whole tables.
package struct StoreCounts: Hashable, Sendable {
  package var keys: Int
  package var pendingKeys: Int
  package var events: Int
  package var sagasUnderWay: Int
  package var accumulatorEntries: Int
  /// That decisions were made by.
  package var rulesets: [RulesetID]

  package init(
    keys: Int, pendingKeys: Int, events: Int, sagasUnderWay: Int, accumulatorEntries: Int, rulesets: [RulesetID]
  ) {
    self.keys = keys
    self.pendingKeys = pendingKeys
    self.events = events
    self.sagasUnderWay = sagasUnderWay
    self.accumulatorEntries = accumulatorEntries
    self.rulesets = rulesets
  }
}
