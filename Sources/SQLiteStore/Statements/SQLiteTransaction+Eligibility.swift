import DurableExecution
package import ClaimsDomain
import GRDB

extension SQLiteTransaction {
  /// Keys of a member begin alike: `idemp:elig:{member}:`. A range finds them by the primary key.
  private static let keys = "SELECT key FROM effect_keys WHERE key >= ? AND key < ? AND status = 'COMPLETED'"
  private static let retire = """
    INSERT INTO retired_keys (key, response, response_digest, reason, retired_at)
    SELECT key, response, response_digest, 'coverage changed', ? FROM effect_keys WHERE key = ?
    """
  private static let delete = "DELETE FROM effect_keys WHERE key = ?"
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
    try each("eligibility.retire", Self.retire, keys) { [now.microseconds, $0] }
    try each("eligibility.delete", Self.delete, keys) { [$0] }
    return try rows("eligibility.touched", Self.touched, in: keys).map { ClaimIntakeID($0["claim_intake_id"]) }
  }
}
