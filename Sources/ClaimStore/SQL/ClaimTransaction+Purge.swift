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
  /// Forms that were accepted before an instant ($1), whose images are still here, and whose claims are closed.
  static let pictured: DialectText = """
    form_acts a JOIN form_drafts d ON d.draft_id = a.draft_id
      JOIN claims c ON c.claim_intake_id = d.claim_intake_id
    WHERE a.act = 'accept' AND a.at < $1 AND d.state = 'accepted' AND c.status IN ('paid', 'denied', 'replaced')
      AND NOT EXISTS (SELECT 1 FROM form_pages_gone g WHERE g.draft_id = d.draft_id)
    """
  static let countPictures = Statement("purge.countPictures", "SELECT count(*) FROM \(pictured)")
  static let pictures = Statement(
    "purge.pictures",
    """
    SELECT d.draft_id, (SELECT count(*) FROM form_pages p WHERE p.draft_id = d.draft_id) FROM \(pictured)
    ORDER BY d.received_at, d.draft_id LIMIT $2
    """)
  static let gone = Statement("purge.gone", insertInto: "form_pages_gone", "draft_id, pages, gone_at")
  static let dropPages = Statement("purge.dropPages", "DELETE FROM form_pages WHERE draft_id \(oneOf: 1)")
}

extension ClaimTransaction {
  package func purgeable(_ kind: PurgeKind, before instant: Timestamp) throws -> Int {
    let statement =
      switch kind {
      case .batches: SQL.countBatches
      case .deliveries: SQL.countDeliveries
      case .pictures: SQL.countPictures
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
    case .pictures: return try purgePictures(before: instant, limit: min(limit, Self.picturesAtOnce))
    }
  }

  /// A page image has up to 16 MB, so fewer forms than other rows are taken in one transaction.
  private static var picturesAtOnce: Int { 50 }

  private func purgePictures(before instant: Timestamp, limit: Int) throws -> Int {
    try besideClaims.session.lock([LockName.formPages], .exclusive)
    let old = try sql.ask(SQL.pictures, [.integer(instant.microseconds), .count(limit)]) {
      (id: try $0.text(), pages: try $0.count())
    }
    guard !old.isEmpty else { return 0 }
    let now = try now.microseconds
    try sql.run(SQL.gone, old.map { [.text($0.id), .count($0.pages), .integer(now)] })
    try sql.run(SQL.dropPages, [[.texts(old.map(\.id))]])
    return old.count
  }
}
