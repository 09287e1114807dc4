package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText =
    "holder_kind, holder, plan_id, plan_year, bucket, effect_key, amount_cents, claim_intake_id"
  static let entryAt = Statement(
    "verify.entriesAt",
    """
    SELECT \(columns) FROM accumulator_entries
    WHERE holder_kind = $1 AND holder = $2 AND plan_id = $3 AND plan_year = $4 AND bucket = $5 AND effect_key = $6
    """)
  static let entriesAfter = Statement(
    "verify.entriesAfter",
    """
    SELECT \(columns) FROM accumulator_entries
    WHERE (holder_kind, holder, plan_id, plan_year, bucket, effect_key) > ($1, $2, $3, $4, $5, $6)
    ORDER BY holder_kind, holder, plan_id, plan_year, bucket, effect_key LIMIT $7
    """)
  static let totalsAfter = Statement(
    "verify.totalsAfter",
    """
    SELECT holder_kind, holder, plan_id, plan_year, bucket, CAST(sum(amount_cents) AS BIGINT) FROM accumulator_entries
    WHERE (holder_kind, holder, plan_id, plan_year, bucket) > ($1, $2, $3, $4, $5)
    GROUP BY holder_kind, holder, plan_id, plan_year, bucket
    ORDER BY holder_kind, holder, plan_id, plan_year, bucket LIMIT $6
    """)
  /// A position before every scope: no kind of holder has an empty name.
  static let beginning: [SQLValue] = [.text(""), .text(""), .text(""), .integer(0), .text("")]
}

// The accumulators, as `claims verify` reads them: by place, and in primary key order.
extension ClaimTransaction {
  package func accumulatorEntries(at places: [AccumulatorPlace]) throws -> [AccumulatorRow] {
    try sql.ask(SQL.entryAt, each: places.map { $0.scope.arguments + [.text($0.effectKey.text)] }) {
      try AccumulatorRow(columns: &$0)
    }.flatMap(\.self)
  }

  package func accumulatorEntries(after: AccumulatorPlace?, limit: Int) throws -> [AccumulatorRow] {
    let place = (after?.scope.arguments ?? SQL.beginning) + [.text(after?.effectKey.text ?? ""), .count(limit)]
    return try sql.ask(SQL.entriesAfter, place) { try AccumulatorRow(columns: &$0) }
  }

  package func accumulatorTotals(after: AccumulatorScope?, limit: Int) throws -> [Accumulators.Entry] {
    try sql.ask(SQL.totalsAfter, (after?.arguments ?? SQL.beginning) + [.count(limit)]) {
      Accumulators.Entry(scope: try AccumulatorScope(columns: &$0), amount: try $0.cents())
    }
  }
}

extension AccumulatorRow {
  fileprivate init(columns: inout Columns) throws {
    let scope = try AccumulatorScope(columns: &columns)
    let key = KeyText(try columns.text())
    self.init(
      entry: Accumulators.Entry(scope: scope, amount: try columns.cents()),
      claimID: ClaimIntakeID(try columns.text()), effectKey: key)
  }
}
