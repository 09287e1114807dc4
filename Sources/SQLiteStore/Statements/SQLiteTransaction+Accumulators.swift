import DurableExecution
package import ClaimPipeline
package import ClaimsDomain
import GRDB

extension SQLiteTransaction {
  /// One scope at a time, in the order given: the primary key begins with the scope.
  private static let sum = """
    SELECT sum(amount_cents) FROM accumulator_entries
    WHERE holder_kind = ? AND holder = ? AND plan_id = ? AND plan_year = ? AND bucket = ?
    """
  private static let contribution = """
    SELECT sum(amount_cents) FROM accumulator_entries
    WHERE holder_kind = ? AND holder = ? AND plan_id = ? AND plan_year = ? AND bucket = ? AND claim_intake_id = ?
    """
  private static let append = """
    INSERT INTO accumulator_entries (holder_kind, holder, plan_id, plan_year, bucket, effect_key, amount_cents, \
    claim_intake_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  package func accumulators(_ scopes: [AccumulatorScope]) throws -> [AccumulatorScope: Money] {
    try named("accumulators.sum") {
      let statement = try database.cachedStatement(sql: Self.sum)
      var sums: [AccumulatorScope: Money] = [:]
      for scope in scopes {
        guard let cents = try Int64.fetchOne(statement, arguments: scope.arguments) else { continue }
        sums[scope] = Money(cents: cents)
      }
      return sums
    }
  }

  package func contributions(
    of claims: [ClaimIntakeID], to scopes: [AccumulatorScope]
  ) throws -> [ClaimIntakeID: [AccumulatorScope: Money]] {
    try named("accumulators.contribution") {
      let statement = try database.cachedStatement(sql: Self.contribution)
      var contributions: [ClaimIntakeID: [AccumulatorScope: Money]] = [:]
      for claim in claims {
        for scope in scopes {
          guard let cents = try Int64.fetchOne(statement, arguments: scope.arguments + [claim.text]) else { continue }
          contributions[claim, default: [:]][scope] = Money(cents: cents)
        }
      }
      return contributions
    }
  }

  package func append(_ entries: [AccumulatorRow]) throws {
    try each("accumulators.append", Self.append, entries) {
      $0.entry.scope.arguments + [$0.effectKey.text, $0.entry.amount.cents, $0.claimID.text]
    }
  }
}

extension AccumulatorScope {
  var arguments: StatementArguments {
    let (kind, name) =
      switch holder {
      case .member(let id): ("member", id.text)
      case .family(let id): ("family", id.text)
      }
    return [kind, name, planID.text, planYear, bucket.rawValue]
  }
}
