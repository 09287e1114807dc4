import DurableExecution
package import ClaimsDomain
import GRDB

extension SQLiteTransaction {
  /// Keys of a member begin alike: `idemp:elig:{member}:`. A range finds them by the primary key.
  private static let keys = """
    SELECT key FROM effect_keys WHERE key >= ?1 AND key < ?2 AND status = 'COMPLETED'
    UNION SELECT key FROM archived_keys WHERE key >= ?1 AND key < ?2
    """
  private static let retire = """
    INSERT INTO retired_keys (key, response, response_digest, reason, retired_at)
    SELECT key, response, response_digest, 'coverage changed', ? FROM effect_keys WHERE key = ?
    """
  /// The key is asked for anew by whoever needs it next, under an epoch after that of the answer: a key that began again
  /// at the first epoch could not tell of its second outcome.
  private static let reopen = """
    UPDATE effect_keys SET status = 'PENDING', response = NULL, content_type = NULL, response_status = NULL, \
    response_digest = NULL, completed_at = NULL, epoch = epoch + 1, lamport = lamport + 1, \
    lease_owner = 'coverage changed', lease_expires = ?
    WHERE key = ?
    """
  private static let touched = """
    SELECT claim_intake_id FROM claims WHERE eligibility_key IN (SELECT value FROM json_each(?)) ORDER BY claim_intake_id
    """

  package func retireEligibility(of numbers: [MemberID]) throws -> [ClaimIntakeID] {
    let keys = try named("eligibility.keys") {
      let statement = try database.cachedStatement(sql: Self.keys)
      return try numbers.flatMap { number in
        let prefix = EligibilityKeyPrefix(of: number)
        return try String.fetchAll(statement, arguments: [prefix.first, prefix.end])
      }
    }
    try unarchive(keys)
    try each("eligibility.retire", Self.retire, keys) { [now.microseconds, $0] }
    try each("eligibility.reopen", Self.reopen, keys) { [now.microseconds, $0] }
    return try rows("eligibility.touched", Self.touched, in: keys).map { ClaimIntakeID($0["claim_intake_id"]) }
  }
}
