import ClaimPipeline
import Testing
import Verification

/// One way to damage the store or the bank, and exactly the invariants that the verifier must report as broken.
///
/// The same SQL is for either kind of store. Both have the functions `bytes(text)`, `swapped(bytes, this, that)`, and
/// `digest(bytes)`.
struct Damage: CustomTestStringConvertible, Sendable {
  let name: String
  let sql: String
  var isAtBank = false
  let broken: Set<Invariant>

  var testDescription: String { name }

  static func store(_ name: String, _ broken: Invariant..., by sql: String) -> Damage {
    Damage(name: name, sql: sql, broken: Set(broken))
  }

  static func bank(_ name: String, _ broken: Invariant..., by sql: String) -> Damage {
    Damage(name: name, sql: sql, isAtBank: true, broken: Set(broken))
  }

  /// The key of a claim, as an expression: `key("payment", of: "PAID")`.
  static func key(_ agent: String, of claim: String) -> String {
    "(SELECT \(agent)_key FROM claims WHERE claim_number = '\(claim)')"
  }

  static func id(of claim: String) -> String {
    "(SELECT claim_intake_id FROM claims WHERE claim_number = '\(claim)')"
  }

  static func adjudication(of claim: String) -> String {
    "(SELECT adjudication_id FROM claims WHERE claim_number = '\(claim)')"
  }

  static let noDigest = String(repeating: "0", count: 64)

  static let all =
    responses + keys + events + claims + decisions + accumulators + payments + ledger + audits + leftovers + bank

  // MARK: Keys and responses

  static let responses: [Damage] = [
    .store(
      "a byte of a response is flipped", .storedResponse,
      by: """
        UPDATE effect_keys SET response = swapped(response, '120.00', '920.00')
        WHERE key = \(key("payment", of: "PAID"))
        """),
    .store(
      "a response is cut short", .storedResponse,
      by: "UPDATE effect_keys SET response = substr(response, 1, 10) WHERE key = \(key("intake", of: "PAID"))"),
    .store(
      "the digest of an eligibility answer is another", .storedResponse,
      by: "UPDATE effect_keys SET response_digest = '\(noDigest)' WHERE key = \(key("eligibility", of: "OWED"))"),
    .store(
      "a completed key has lost its response", .storedResponse,
      by: "UPDATE effect_keys SET response = NULL WHERE key = \(key("adjudication", of: "SECONDARY"))"),
    .store(
      "a completed key has a lease", .storedResponse,
      by: "UPDATE effect_keys SET lease_owner = 'w', lease_expires = 1 WHERE key = \(key("audit", of: "PAID"))"),
    .store(
      "a fingerprint is none", .storedResponse,
      by: "UPDATE effect_keys SET fingerprint = 'no digest' WHERE key = \(key("audit", of: "PAID"))"),
    .store(
      "a key has a status that does not exist", .storedResponse,
      by: "UPDATE effect_keys SET status = 'DONE' WHERE key = \(key("intake", of: "PAID"))"),
    .store(
      "the answer to a refused intake is another", .storedResponse,
      by: "UPDATE effect_keys SET response = bytes('{}') WHERE effect = 'intake' AND status = 'FAILED'"),
  ]

  static let keys: [Damage] = [
    .store(
      "a payment key is deleted", .keysOnRecord,
      by: "DELETE FROM effect_keys WHERE key = \(key("payment", of: "PAID"))"),
    .store(
      "an audit key is deleted", .keysOnRecord, by: "DELETE FROM effect_keys WHERE key = \(key("audit", of: "PAID"))"),
    .store(
      "an eligibility key is deleted", .keysOnRecord,
      by: "DELETE FROM effect_keys WHERE key = \(key("eligibility", of: "OWED"))"),
    .store(
      "the key of a refused intake is deleted", .keysOnRecord,
      by: "DELETE FROM effect_keys WHERE effect = 'intake' AND status = 'FAILED'"),
    .store(
      "an archived key is live too", .keysOnRecord,
      by: """
        INSERT INTO archived_keys (\(columns)) SELECT \(columns) FROM effect_keys LIMIT 1
        """),
  ]

  private static let columns = """
    key, effect, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version,
    epoch, lease_owner, lease_expires, attempts, root_key, parent_key, child_key, lamport, retention, created_at,
    completed_at, expires_at
    """

  // MARK: History and state

  static let events: [Damage] = [
    .store(
      "the event of a payment is deleted", .oneEventPerOutcome,
      by: "DELETE FROM events WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "the event of an eligibility answer is deleted", .oneEventPerOutcome,
      by: "DELETE FROM events WHERE effect_key = \(key("eligibility", of: "PAID"))"),
    .store(
      "a payment is told of twice", .oneEventPerOutcome,
      by: """
        INSERT INTO events (effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts)
        SELECT effect_key, epoch + 1, stream, type, agent, agent_version, lamport, at, facts FROM events
        WHERE effect_key = \(key("payment", of: "PAID"))
        """),
    .store(
      "an event is moved to another claim", .oneEventPerOutcome, .stateIsFold,
      by: "UPDATE events SET stream = \(id(of: "SECONDARY")) WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "the facts of an event are others", .stateIsFold,
      by: """
        UPDATE events SET facts = swapped(facts, '120.00', '12.00')
        WHERE effect_key = \(key("adjudication", of: "PAID"))
        """),
    .store(
      "the facts of an event do not read", .stateIsFold,
      by: "UPDATE events SET facts = bytes('[]') WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "an event says that another amount was paid", .stateIsFold,
      by: """
        UPDATE events SET facts = swapped(facts, '120.00', '12.00')
        WHERE effect_key = \(key("payment", of: "PAID"))
        """),
    .store(
      "an event has another logical time", .logicalTimeGrows,
      by: "UPDATE events SET lamport = 1 WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "a key comes before what it follows", .logicalTimeGrows,
      by: "UPDATE effect_keys SET lamport = 1 WHERE key = \(key("audit", of: "PAID"))"),
  ]

  static let claims: [Damage] = [
    .store(
      "the status of a claim is another", .stateIsFold,
      by: "UPDATE claims SET status = 'denied' WHERE claim_number = 'PAID'"),
    .store(
      "the status of a claim does not exist", .readableRows,
      by: "UPDATE claims SET status = 'settled' WHERE claim_number = 'PAID'"),
    .store(
      "the amount of a claim is another", .stateIsFold,
      by: "UPDATE claims SET paid_cents = 1 WHERE claim_number = 'PAID'"),
    .store(
      "a claim has lost its audit key", .stateIsFold, .auditRestsOnEvidence,
      by: "UPDATE claims SET audit_key = NULL WHERE claim_number = 'PAID'"),
    .store(
      "the charge of a claim is another", .claimAsReceived,
      by: "UPDATE claims SET charge_cents = 1 WHERE claim_number = 'PAID'"),
    .store(
      "the member of a claim is another", .claimAsReceived,
      by: "UPDATE claims SET member_id = 'M-2' WHERE claim_number = 'PAID'"),
    .store(
      "the text of a claim is deleted", .claimAsReceived,
      by: "DELETE FROM claim_bodies WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "the text of a claim is another claim's", .claimAsReceived,
      by: """
        UPDATE claim_bodies SET body = (SELECT body FROM claim_bodies WHERE claim_intake_id = \(id(of: "AGAIN")))
        WHERE claim_intake_id = \(id(of: "PAID"))
        """),
  ]
}

extension VerificationReport {
  /// The broken invariants, apart from the changed tables: damage removes constraints and triggers first, and the
  /// verifier finds that too.
  var brokenBesidesTables: Set<Invariant> { Set(findings.map(\.invariant)).subtracting([.tablesAsMade]) }
}
