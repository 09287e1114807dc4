package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let sum = Statement(
    "accumulators.sum",
    forEach: """
      SELECT CAST(sum(amount_cents) AS BIGINT) FROM accumulator_entries
      WHERE holder_kind = $1 AND holder = $2 AND plan_id = $3 AND plan_year = $4 AND bucket = $5
      """)
  static let contribution = Statement(
    "accumulators.contribution",
    """
    SELECT CAST(sum(amount_cents) AS BIGINT) FROM accumulator_entries
    WHERE holder_kind = $1 AND holder = $2 AND plan_id = $3 AND plan_year = $4 AND bucket = $5 AND claim_intake_id = $6
    """)
  static let contributions = Statement(
    "accumulators.contributions",
    """
    SELECT claim_intake_id, holder_kind, holder, plan_id, plan_year, bucket, CAST(sum(amount_cents) AS BIGINT)
    FROM accumulator_entries WHERE claim_intake_id \(oneOf: 1)
    GROUP BY claim_intake_id, holder_kind, holder, plan_id, plan_year, bucket HAVING sum(amount_cents) <> 0
    """)
  static let append = Statement(
    "accumulators.append",
    insertInto: "accumulator_entries",
    "holder_kind, holder, plan_id, plan_year, bucket, effect_key, amount_cents, claim_intake_id")
}

extension ClaimTransaction {
  package func accumulators(_ scopes: [AccumulatorScope]) throws -> [AccumulatorScope: Money] {
    try lock(scopes)
    let sums = try besideClaims.ask(SQL.sum, each: scopes.map(\.arguments)) { try $0.centsOrNil() }
    return Dictionary(
      uniqueKeysWithValues: zip(scopes, sums).compactMap { scope, sum in sum.first.flatMap(\.self).map { (scope, $0) } }
    )
  }

  /// Locks the holders of scopes, so that no other transaction adds to their totals.
  func lock(_ scopes: [AccumulatorScope]) throws {
    try besideClaims.session.lock(Set(scopes.map(\.holder.name)).sorted(), .exclusive)
  }

  package func contributions(
    of claims: [ClaimIntakeID], to scopes: [AccumulatorScope]
  ) throws -> [ClaimIntakeID: [AccumulatorScope: Money]] {
    let places = claims.flatMap { claim in scopes.map { (claim: claim, scope: $0) } }
    let sums = try besideClaims.ask(SQL.contribution, each: places.map { $0.scope.arguments + [.text($0.claim.text)] })
    {
      try $0.centsOrNil()
    }
    var contributions: [ClaimIntakeID: [AccumulatorScope: Money]] = [:]
    for (place, sum) in zip(places, sums) {
      guard let cents = sum.first.flatMap(\.self) else { continue }
      contributions[place.claim, default: [:]][place.scope] = cents
    }
    return contributions
  }

  package func contributions(of claims: [ClaimIntakeID]) throws -> [ClaimIntakeID: [AccumulatorScope: Money]] {
    var contributions: [ClaimIntakeID: [AccumulatorScope: Money]] = [:]
    let sums = try besideClaims.ask(SQL.contributions, for: claims.map(\.text)) { columns in
      (ClaimIntakeID(try columns.text()), try AccumulatorScope(columns: &columns), try columns.cents())
    }
    for (claim, scope, sum) in sums { contributions[claim, default: [:]][scope] = sum }
    return contributions
  }

  package func append(_ entries: [AccumulatorRow]) throws {
    try afterInserts.run(
      SQL.append,
      entries.map {
        $0.entry.scope.arguments + [
          .text($0.effectKey.text), .integer($0.entry.amount.cents), .text($0.claimID.text),
        ]
      })
  }
}

extension SQLQuery {
  /// The total of each scope, as one question each.
  static func totals(of scopes: [AccumulatorScope]) -> SQLQuery { SQLQuery(SQL.sum, scopes.map(\.arguments)) }
}

extension AccumulatorScope {
  var arguments: [SQLValue] {
    [.text(holder.kind), .text(holder.id), .text(planID.text), .count(planYear), .text(bucket.rawValue)]
  }
}

extension AccumulatorScope.Holder {
  fileprivate var kind: String {
    switch self {
    case .member: "member"
    case .family: "family"
    }
  }

  fileprivate var id: String {
    switch self {
    case .member(let id): id.text
    case .family(let id): id.text
    }
  }

  fileprivate var name: String { "\(kind):\(id)" }
}

extension AccumulatorScope {
  /// Reads the scope from the next five columns.
  init(columns: inout Columns) throws {
    let (kind, id) = (try columns.text(), try columns.text())
    let holder: Holder
    switch kind {
    case "member": holder = .member(MemberID(id))
    case "family": holder = .family(FamilyID(id))
    default: throw StoreFailure.corrupt("an accumulator entry is neither a member's nor a family's")
    }
    let (planID, planYear) = (PlanID(try columns.text()), try columns.count())
    guard let bucket = Bucket(rawValue: try columns.text()) else {
      throw StoreFailure.corrupt("an accumulator entry is of an unknown bucket")
    }
    self.init(holder: holder, planID: planID, planYear: planYear, bucket: bucket)
  }
}
