package import ClaimsDomain
package import DurableExecution
import GRDB

/// A payment whose state says one thing and whose transfers say another.
package struct LedgerDiscrepancy: Hashable, Sendable {
  package let trackingID: TrackingID
  package let state: String
  /// What the state says the payee holds.
  package let expected: Money
  /// What the transfers say the payee holds.
  package let moved: Money
}

extension LedgerDiscrepancy: FetchableRecord {
  init(row: Row) throws {
    trackingID = TrackingID(row[0])
    state = row[1]
    expected = Money(cents: row[2])
    moved = Money(cents: row[3])
  }

  static let fetch = """
    SELECT p.tracking_id, p.state,
      CASE p.state WHEN 'committed' THEN p.amount_cents ELSE 0 END AS expected,
      coalesce(sum(t.amount_cents), 0) AS moved
    FROM payments p LEFT JOIN transfers t ON t.tracking_id = p.tracking_id
    GROUP BY p.tracking_id HAVING expected <> moved ORDER BY p.tracking_id
    """
}
