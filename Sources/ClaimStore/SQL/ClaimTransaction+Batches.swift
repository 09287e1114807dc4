package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText = "batch_id, sender, submitted_at, claims, unreadable, is_whole"
  static let insert = Statement(
    "batches.insert",
    """
    INSERT INTO batches (\(columns)) VALUES ($1, $2, $3, 0, 0, $4) ON CONFLICT (batch_id) DO NOTHING
    """)
  static let lock = Statement("batches.lock", "SELECT claims FROM batches WHERE batch_id = $1 \(.locking)")
  static let add = Statement(
    "batches.add",
    DialectText(
      sqlite: """
        INSERT INTO batch_claims (batch_id, intake_key) SELECT $1, value FROM json_each($2) WHERE true
        ON CONFLICT DO NOTHING RETURNING 1
        """,
      postgres: """
        INSERT INTO batch_claims (batch_id, intake_key) SELECT $1, unnest($2::text[])
        ON CONFLICT DO NOTHING RETURNING 1
        """))
  static let grow = Statement("batches.grow", "UPDATE batches SET claims = claims + $2 WHERE batch_id = $1")
  static let unreadable = Statement(
    "batches.unreadable", "UPDATE batches SET unreadable = $2 WHERE batch_id = $1 AND unreadable < $2")
  static let whole = Statement("batches.whole", "UPDATE batches SET is_whole = $2 WHERE batch_id = $1")
  static let select = Statement("batches.select", "SELECT \(columns) FROM batches WHERE batch_id = $1")
  static let page = Statement(
    "batches.page",
    """
    SELECT \(columns) FROM batches WHERE (submitted_at, batch_id) < ($1, $2)
    ORDER BY submitted_at DESC, batch_id DESC LIMIT $3
    """)
  static let pageOfSender = Statement(
    "batches.pageOfSender",
    """
    SELECT \(columns) FROM batches WHERE sender = $4 AND (submitted_at, batch_id) < ($1, $2)
    ORDER BY submitted_at DESC, batch_id DESC LIMIT $3
    """)
  static let open = Statement(
    "batches.open",
    """
    SELECT b.batch_id, count(*) FROM batch_claims b JOIN claim_queue q ON q.intake_key = b.intake_key
    WHERE b.batch_id \(oneOf: 1) AND q.status <> 'dead' GROUP BY b.batch_id
    """)
  /// The queue comes first: a claim that is decided and not yet out of the queue is still in a worker's hands. A claim that
  /// is neither in the queue nor among the claims was refused by intake.
  static let progress = Statement(
    "batches.progress",
    """
    SELECT coalesce(q.status, c.status, 'refused') AS standing, count(*)
    FROM batch_claims b LEFT JOIN claim_queue q ON q.intake_key = b.intake_key
    LEFT JOIN claims c ON c.intake_key = b.intake_key
    WHERE b.batch_id = $1 GROUP BY standing
    """)
}

extension ClaimTransaction {
  package func open(_ batch: SubmittedBatch) throws {
    try sql.run(
      SQL.insert,
      [[.text(batch.id.text), .text(batch.sender), .integer(try now.microseconds), .flag(false)]])
    guard try !sql.ask(SQL.lock, [.text(batch.id.text)], { try $0.count() }).isEmpty else {
      throw StoreFailure.corrupt("a batch is not there")
    }
  }

  package func add(_ keys: [KeyText], to batch: BatchID) throws {
    guard !keys.isEmpty else { return }
    let new = try sql.ask(SQL.add, [.text(batch.text), .texts(keys.map(\.text))]) { try $0.count() }.count
    if new > 0 { try sql.run(SQL.grow, [[.text(batch.text), .count(new)]]) }
  }

  package func note(_ batch: BatchID, unreadable: Int, isWhole: Bool) throws {
    try sql.run(SQL.unreadable, [[.text(batch.text), .count(unreadable)]])
    if isWhole { try sql.run(SQL.whole, [[.text(batch.text), .flag(true)]]) }
  }

  package func batches(of sender: String?, after batch: BatchRow?, limit: Int) throws -> [BatchRow] {
    let place: [SQLValue] = [
      .integer(batch?.submittedAt.microseconds ?? .max), .text(batch?.id.text ?? ""), .count(limit),
    ]
    let (statement, arguments) = sender.map { (SQL.pageOfSender, place + [.text($0)]) } ?? (SQL.page, place)
    return try sql.ask(statement, arguments) { try BatchRow(columns: &$0) }
  }

  package func batch(_ id: BatchID) throws -> BatchRow? {
    try sql.ask(SQL.select, [.text(id.text)]) { try BatchRow(columns: &$0) }.first
  }

  package func openClaims(of batches: [BatchID]) throws -> [BatchID: Int] {
    let counts = try sql.ask(SQL.open, for: batches.map(\.text)) { (BatchID(try $0.text()), try $0.count()) }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  package func progress(of batch: BatchRow) throws -> BatchProgress {
    var counts: [BatchStanding: Int] = batch.unreadable > 0 ? [.rejected: batch.unreadable] : [:]
    for (text, count) in try sql.ask(SQL.progress, [.text(batch.id.text)], { (try $0.text(), try $0.count()) }) {
      guard let standing = BatchStanding(stored: text) else {
        throw StoreFailure.corrupt("a claim of a batch is in an unknown state")
      }
      counts[standing, default: 0] += count
    }
    return BatchProgress(counts, isWhole: batch.isWhole)
  }
}

extension BatchRow {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      id: BatchID(try columns.text()), sender: try columns.text(),
      submittedAt: Timestamp(microseconds: try columns.integer()), keyed: try columns.count(),
      unreadable: try columns.count(), isWhole: try columns.flag())
  }
}

extension BatchStanding {
  /// Reads the state of a row of the queue, or the status of a claim that is not in the queue.
  fileprivate init?(stored text: String) {
    switch text {
    case "waiting": self = .waiting
    case "leased": self = .inWork
    case "dead": self = .deadLetter
    case "refused": self = .rejected
    default:
      switch ClaimStatus(rawValue: text) {
      case .received, .adjudicated: self = .inWork
      case .paid: self = .paid
      case .denied: self = .denied
      case .suspended: self = .suspended
      case .replaced: self = .replaced
      case nil: return nil
      }
    }
  }
}
