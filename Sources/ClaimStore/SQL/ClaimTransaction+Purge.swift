import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let finished: DialectText = """
    submitted_at < $1 AND NOT EXISTS (
      SELECT 1 FROM batch_claims c JOIN claim_queue q ON q.intake_key = c.intake_key WHERE c.batch_id = b.batch_id)
    """
  static let countBatches = Statement(
    "purge.countBatches", "SELECT count(*) FROM batches b WHERE \(finished)")
  static let batches = Statement(
    "purge.batches",
    "SELECT batch_id, claims FROM batches b WHERE \(finished) ORDER BY submitted_at, batch_id LIMIT $2")
  static let batchClaims = Statement("purge.batchClaims", "DELETE FROM batch_claims WHERE batch_id = $1")
  static let batch = Statement("purge.batch", "DELETE FROM batches WHERE batch_id = $1")
  static let countDeliveries = Statement(
    "purge.countDeliveries",
    "SELECT count(*) FROM webhook_deliveries WHERE status IN ('delivered', 'dead') AND ended_at < $1")
  static let deliveries = Statement(
    "purge.deliveries",
    """
    WITH old AS MATERIALIZED (
      SELECT number FROM webhook_deliveries WHERE status IN ('delivered', 'dead') AND ended_at < $1
      ORDER BY number LIMIT $2 \(.skippingLocked))
    DELETE FROM webhook_deliveries WHERE number \(oneOfThese: "SELECT number FROM old") RETURNING 1
    """)
}

extension ClaimTransaction {
  package func purgeable(_ kind: PurgeKind, before instant: Timestamp) throws -> Int {
    let statement =
      switch kind {
      case .batches: SQL.countBatches
      case .deliveries: SQL.countDeliveries
      }
    return try sql.ask(statement, [.integer(instant.microseconds)]) { try $0.count() }.first ?? 0
  }

  package func purge(_ kind: PurgeKind, before instant: Timestamp, limit: Int) throws -> Int {
    let arguments: [SQLValue] = [.integer(instant.microseconds), .count(limit)]
    switch kind {
    case .batches:
      var rows = 0
      let old = try sql.ask(SQL.batches, arguments) { (id: try $0.text(), claims: try $0.count()) }
        .prefix { batch in
          defer { rows += batch.claims }
          return rows < limit
        }
      let ids = old.map { [SQLValue.text($0.id)] }
      try sql.run(SQL.batchClaims, ids)
      try sql.run(SQL.batch, ids)
      return old.count
    case .deliveries:
      return try sql.ask(SQL.deliveries, arguments) { try $0.count() }.count
    }
  }
}
