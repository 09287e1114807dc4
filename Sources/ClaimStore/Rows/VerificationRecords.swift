package import ClaimsDomain
package import DurableExecution

/// The data that `claims verify` reads: every row, in pages and batches, so that memory use does not grow with the
/// store.
///
/// Rows are returned as they are. The checks have to find anything that the writing side would never write.
package protocol VerificationRecords {
  /// A page of claims, ordered by ID.
  func claimIDs(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID]

  /// The rows of these keys, live and archived.
  func keyRows(_ keys: [KeyText]) throws -> [KeyRow]

  /// A page of the keys that no claim, decision, payment, or audit record refers to, ordered by key: eligibility
  /// responses, claims rejected at intake, and keys whose row is lost.
  func looseKeys(isArchived: Bool, after: KeyText?, limit: Int) throws -> [KeyRow]

  /// The responses that were once given under these keys and then retired.
  func retiredAnswers(_ keys: [KeyText]) throws -> [RetiredAnswer]

  /// The events of these streams, each stream in the order in which it was written.
  func history(of streams: [String]) throws -> [EffectEvent]

  /// The events of these keys, in the order in which they were written.
  func events(of keys: [KeyText]) throws -> [EffectEvent]

  func decisions(of claims: [ClaimIntakeID]) throws -> [StoredDecision]

  /// The claims among these that have a payment, in any state.
  func claimsWithPayments(among claims: [ClaimIntakeID]) throws -> Set<ClaimIntakeID>

  func postings(under keys: [KeyText]) throws -> [LedgerPosting]

  func audits(under keys: [KeyText]) throws -> [AuditRow]

  /// The entries at these places. Places without entries are absent.
  func accumulatorEntries(at places: [AccumulatorPlace]) throws -> [AccumulatorRow]

  /// A page of entries, ordered by place.
  func accumulatorEntries(after: AccumulatorPlace?, limit: Int) throws -> [AccumulatorRow]

  /// A page of totals by scope, ordered by scope.
  func accumulatorTotals(after: AccumulatorScope?, limit: Int) throws -> [Accumulators.Entry]

  /// Debits minus credits of every account that does not balance, by account name. The accounts that this program does not
  /// know are taken together, as `others`.
  func accountBalances() throws -> [String: Money]

  /// The IDs of the first rows of a kind that lack the record they belong to.
  func orphans(_ kind: OrphanKind, limit: Int) throws -> [String]

  /// A page of the services that several claims are paid for, ordered by signature; replaced claims do not count.
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
  /// The rulesets used by decisions.
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

/// A row of the keys exactly as stored, with nothing assumed valid. `KeyRecord` is what the writing side can create;
/// this is what the database contains.
package struct KeyRow: Hashable, Sendable {
  package var key: KeyText
  package var effect: String
  /// Nil for an unknown status.
  package var status: KeyStatus?
  package var fingerprint: String
  package var response: [UInt8]?
  package var contentType: String?
  package var responseStatus: Int?
  package var responseDigest: String?
  package var epoch: Epoch
  package var hasLease: Bool
  package var isFinished: Bool
  package var parent: String?
  package var childKey: String?
  package var lamport: LamportTime
  package var isArchived: Bool

  package init(
    key: KeyText, effect: String, status: KeyStatus?, fingerprint: String, response: [UInt8]?, contentType: String?,
    responseStatus: Int?, responseDigest: String?, epoch: Epoch, hasLease: Bool, isFinished: Bool, parent: String?,
    childKey: String?, lamport: LamportTime, isArchived: Bool
  ) {
    self.key = key
    self.effect = effect
    self.status = status
    self.fingerprint = fingerprint
    self.response = response
    self.contentType = contentType
    self.responseStatus = responseStatus
    self.responseDigest = responseDigest
    self.epoch = epoch
    self.hasLease = hasLease
    self.isFinished = isFinished
    self.parent = parent
    self.childKey = childKey
    self.lamport = lamport
    self.isArchived = isArchived
  }

  /// The name that the steps below this one record as their parent.
  package var lineageName: String { childKey ?? key.text }
}

extension KeyRow {
  /// The reason that the row cannot be trusted; nil if it can.
  package var fault: String? {
    guard let status else { return "its status is none of PENDING, COMPLETED and FAILED" }
    guard effect == key.effect else { return "it is filed under another effect than its key names" }
    guard Self.isDigest(fingerprint) else { return "its fingerprint is no SHA-256 digest" }
    let parts = [response != nil, contentType != nil, responseStatus != nil, responseDigest != nil, isFinished]
    guard parts.allSatisfy({ $0 == (status != .pending) }) else {
      return "a response is there exactly when a key is done, and here it is not so"
    }
    guard hasLease == (status == .pending) else { return "a lease is there exactly while a key is pending" }
    guard status != .pending || !isArchived else { return "a pending key is in the archive" }
    guard let response else { return nil }
    guard ContentDigest.sha256(response) == responseDigest else {
      return "its bytes do not match their SHA-256: they are not what was first answered"
    }
    return nil
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}

/// A response that no longer applies, kept for the decisions based on it.
package struct RetiredAnswer: Hashable, Sendable {
  package var key: KeyText
  package var response: [UInt8]
  package var responseDigest: String

  package init(key: KeyText, response: [UInt8], responseDigest: String) {
    self.key = key
    self.response = response
    self.responseDigest = responseDigest
  }
}

/// The ways in which a row can lack the record it belongs to. The store has one statement for each.
package enum OrphanKind: String, Sendable, CaseIterable {
  case bodyWithoutClaim
  case decisionWithoutClaim
  case lineWithoutDecision
  case entryWithoutClaim
  case paymentWithoutClaim
  case postingWithoutClaim
  case auditWithoutClaim
  case sagaWithoutPayment
  /// The posting's claim exists, but its key is not that of a decision, payment, or reversal of the claim.
  case strayPosting
  case auditWithoutKey
  case eventWithoutKey
  /// The key is both live and archived.
  case keyInTwoPlaces
  /// A payee's balance differs from the total of its reversals and payments.
  case strayBalance
  case settledWithoutKey
  case remittanceWithoutKey
  case remittanceWithoutClaims
  /// The claim's check run is closed, but no remittance reports the claim.
  case untoldClaim
  /// The claim is marked as reported but belongs to no check run, and none would ever include it.
  case falselyTold
  /// More payments to a payee on hold are under way than when the hold began.
  case paymentBegunOnHold
}

/// The place of an entry in the accumulator ledger: one decision adds to one scope at most once.
package struct AccumulatorPlace: Hashable, Sendable {
  package var scope: AccumulatorScope
  package var effectKey: KeyText

  package init(scope: AccumulatorScope, effectKey: KeyText) {
    self.scope = scope
    self.effectKey = effectKey
  }
}

extension AccumulatorRow {
  package var place: AccumulatorPlace { AccumulatorPlace(scope: entry.scope, effectKey: effectKey) }
}
