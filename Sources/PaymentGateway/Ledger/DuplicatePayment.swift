package import ClaimsDomain
import GRDB

/// What was paid more than once, under whatever references, and still stands so: what PaidOnce exists to prevent.
package struct DuplicatePayment: Hashable, Sendable {
  package let origin: String
  /// Outgoing transfers that have not come back; at least two.
  package let standing: Int
  /// What the payee holds for it.
  package let net: Money
}

extension DuplicatePayment: FetchableRecord {
  init(row: Row) throws {
    origin = row[0]
    standing = row[1]
    net = Money(cents: row[2])
  }

  static let fetch = """
    SELECT t.origin, sum(CASE t.direction WHEN 'out' THEN 1 ELSE -1 END) AS standing, sum(t.amount_cents)
    FROM transfers t LEFT JOIN payments p ON p.tracking_id = t.tracking_id
    WHERE p.corrects IS NULL GROUP BY t.payer, t.origin HAVING standing > 1 ORDER BY t.origin
    """
}
