package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import GRDB

// The accumulators, as `claims verify` reads them: by place, and in the order of the primary key.
extension SQLiteTransaction {
  private static let entryAt = """
    SELECT holder_kind, holder, plan_id, plan_year, bucket, effect_key, amount_cents, claim_intake_id
    FROM accumulator_entries
    WHERE holder_kind = ? AND holder = ? AND plan_id = ? AND plan_year = ? AND bucket = ? AND effect_key = ?
    """
  private static let entriesAfter = """
    SELECT holder_kind, holder, plan_id, plan_year, bucket, effect_key, amount_cents, claim_intake_id
    FROM accumulator_entries
    WHERE (holder_kind, holder, plan_id, plan_year, bucket, effect_key) > (?, ?, ?, ?, ?, ?)
    ORDER BY holder_kind, holder, plan_id, plan_year, bucket, effect_key LIMIT ?
    """
  private static let totalsAfter = """
    SELECT holder_kind, holder, plan_id, plan_year, bucket, sum(amount_cents) FROM accumulator_entries
    WHERE (holder_kind, holder, plan_id, plan_year, bucket) > (?, ?, ?, ?, ?)
    GROUP BY holder_kind, holder, plan_id, plan_year, bucket
    ORDER BY holder_kind, holder, plan_id, plan_year, bucket LIMIT ?
    """
  /// Before every scope there is: no kind of holder has an empty name.
  private static let beginning: StatementArguments = ["", "", "", 0, ""]

  package func accumulatorEntries(at places: [AccumulatorPlace]) throws -> [AccumulatorRow] {
    try named("verify.entriesAt") {
      let statement = try database.cachedStatement(sql: Self.entryAt)
      return try places.compactMap { place in
        try Row.fetchOne(statement, arguments: place.scope.arguments + [place.effectKey.text])
          .map(AccumulatorRow.init)
      }
    }
  }

  package func accumulatorEntries(after: AccumulatorPlace?, limit: Int) throws -> [AccumulatorRow] {
    let place = (after?.scope.arguments ?? Self.beginning) + [after?.effectKey.text ?? "", limit]
    return try values("verify.entriesAfter", Self.entriesAfter, place, AccumulatorRow.init)
  }

  package func accumulatorTotals(after: AccumulatorScope?, limit: Int) throws -> [Accumulators.Entry] {
    let place = (after?.arguments ?? Self.beginning) + [limit]
    return try values("verify.totalsAfter", Self.totalsAfter, place) { row in
      Accumulators.Entry(scope: try AccumulatorScope(row: row), amount: Money(cents: row[5]))
    }
  }
}

extension AccumulatorRow {
  fileprivate init(row: Row) throws {
    self.init(
      entry: Accumulators.Entry(scope: try AccumulatorScope(row: row), amount: Money(cents: row[6])),
      claimID: ClaimIntakeID(row[7]), effectKey: KeyText(row[5]))
  }
}

extension AccumulatorScope {
  /// From the columns that begin the row.
  fileprivate init(row: Row) throws {
    let holder: Holder
    switch row[0] as String {
    case "member": holder = .member(MemberID(row[1]))
    case "family": holder = .family(FamilyID(row[1]))
    default: throw StoreFailure.corrupt("an accumulator entry is neither a member's nor a family's")
    }
    guard let bucket = Bucket(rawValue: row[4]) else {
      throw StoreFailure.corrupt("an accumulator entry is of an unknown bucket")
    }
    self.init(holder: holder, planID: PlanID(row[2]), planYear: row[3], bucket: bucket)
  }
}
