package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  /// All keys of a member start with `idemp:elig:{member}:`. A range finds them by the primary key.
  static let keys = Statement(
    "eligibility.keys",
    """
    SELECT key FROM effect_keys WHERE key >= $1 AND key < $2 AND status = 'COMPLETED'
    UNION SELECT key FROM archived_keys WHERE key >= $1 AND key < $2
    """)
  static let retire = Statement(
    "eligibility.retire",
    """
    INSERT INTO retired_keys (key, response, response_digest, reason, retired_at)
    SELECT key, response, response_digest, 'coverage changed', $1 FROM effect_keys WHERE key = $2
    """)
  /// The next claim that needs the key asks again, under an epoch after that of the response: a key that restarted at
  /// the first epoch could not report its second outcome.
  static let reopen = Statement(
    "eligibility.reopen",
    """
    UPDATE effect_keys SET status = 'PENDING', response = NULL, content_type = NULL, response_status = NULL, \
    response_digest = NULL, completed_at = NULL, epoch = epoch + 1, lamport = lamport + 1, \
    lease_owner = 'coverage changed', lease_expires = $1, lease_length = 0
    WHERE key = $2
    """)
  static let touched = Statement(
    "eligibility.touched",
    "SELECT claim_intake_id FROM claims WHERE eligibility_key \(oneOf: 1) ORDER BY claim_intake_id")
  static let familyNumbers = Statement(
    "eligibility.familyNumbers", "SELECT DISTINCT number FROM coverages WHERE family_id = $1 ORDER BY number")
  static let claimsOfMember = Statement(
    "eligibility.claimsOfMember",
    """
    SELECT claim_intake_id FROM claims WHERE eligibility_key IS NOT NULL AND eligibility_key >= $1
    AND eligibility_key < $2 ORDER BY claim_intake_id
    """)
}

extension ClaimTransaction {
  package func numbers(of family: FamilyID) throws -> [MemberID] {
    try sql.ask(SQL.familyNumbers, [.text(family.text)]) { MemberID(try $0.text()) }
  }

  package func claims(of family: FamilyID) throws -> [ClaimIntakeID] {
    let ranges = try numbers(of: family).map { EligibilityKeyPrefix(of: $0) }
      .map { [SQLValue.text($0.first), .text($0.end)] }
    return try sql.ask(SQL.claimsOfMember, each: ranges) { ClaimIntakeID(try $0.text()) }.flatMap(\.self)
  }

  package func retireEligibility(of numbers: [MemberID]) throws -> [ClaimIntakeID] {
    // Transactions that still use the old coverage have ended when this lock is taken, so their responses are found here.
    try lockDirectory()
    let ranges = numbers.map { EligibilityKeyPrefix(of: $0) }.map { [SQLValue.text($0.first), .text($0.end)] }
    let keys = try sql.ask(SQL.keys, each: ranges) { try $0.text() }.flatMap(\.self)
    try sql.unarchive(keys)
    let now = try now
    try sql.run(SQL.retire, keys.map { [.integer(now.microseconds), .text($0)] })
    try sql.run(SQL.reopen, keys.map { [.integer(now.microseconds), .text($0)] })
    return try sql.ask(SQL.touched, for: keys) { ClaimIntakeID(try $0.text()) }
  }
}

/// The range of one member's eligibility keys, for any plan and day.
struct EligibilityKeyPrefix {
  let first: String
  /// The exclusive upper bound: `;` follows `:`.
  let end: String

  init(of member: MemberID) {
    let stem = KeyText(effect: EffectName.eligibility, segments: [member.text]).text
    first = stem + ":"
    end = stem + ";"
  }
}
