package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import GRDB

// The rows of decisions and of money, as `claims verify` reads them.
extension SQLiteTransaction {
  private static let decisions = """
    SELECT adjudication_id, claim_intake_id, effect_key, ruleset, charge_cents, allowed_cents, paid_cents, \
    adjusted_cents, member_cents FROM decisions WHERE claim_intake_id IN (SELECT value FROM json_each(?))
    """
  private static let lines = """
    SELECT adjudication_id, number, claim_intake_id, code, denied, signature, charge_cents, allowed_cents, paid_cents, \
    adjusted_cents, member_cents FROM decision_lines WHERE adjudication_id IN (SELECT value FROM json_each(?))
    ORDER BY adjudication_id, number
    """
  private static let payments = """
    SELECT payment_id, claim_intake_id, eob_id, effect_key, tracking_id, payee, payee_name, amount_cents, state, \
    transfer_id FROM payments WHERE claim_intake_id IN (SELECT value FROM json_each(?))
    """
  private static let withPayments = """
    SELECT DISTINCT claim_intake_id FROM payments WHERE claim_intake_id IN (SELECT value FROM json_each(?))
    """
  private static let postings = """
    SELECT effect_key, number, debit, credit, amount_cents, claim_intake_id, party FROM ledger_postings
    WHERE effect_key IN (SELECT value FROM json_each(?))
    """
  private static let audits = """
    SELECT audit_id, claim_intake_id, adjudication_id, event, effect_key, evidence FROM audit_records
    WHERE effect_key IN (SELECT value FROM json_each(?))
    """
  private static let balances = """
    SELECT account, sum(cents) FROM (
      SELECT debit AS account, amount_cents AS cents FROM ledger_postings
      UNION ALL SELECT credit, -amount_cents FROM ledger_postings)
    GROUP BY account
    """

  package func decisions(of claims: [ClaimIntakeID]) throws -> [StoredDecision] {
    var decisions = try values("verify.decisions", Self.decisions, in: claims.map(\.text)) { row in
      StoredDecision(
        id: AdjudicationID(row[0]), claimID: ClaimIntakeID(row[1]), effectKey: KeyText(row[2]),
        ruleset: RulesetID(row[3]), totals: StoredDecision.Amounts(row: row, from: 4))
    }
    let lines = try values("verify.decisionLines", Self.lines, in: decisions.map(\.id.text)) { row in
      (
        decision: AdjudicationID(row[0]),
        line: StoredDecision.Line(
          number: row[1], claimID: ClaimIntakeID(row[2]), code: row[3],
          amounts: StoredDecision.Amounts(row: row, from: 6), isDenied: row[4], signature: row[5])
      )
    }
    let linesByDecision = Dictionary(grouping: lines, by: \.decision)
    for index in decisions.indices {
      decisions[index].lines = (linesByDecision[decisions[index].id] ?? []).map(\.line)
    }
    return decisions
  }

  package func payments(of claims: [ClaimIntakeID]) throws -> [PaymentRow] {
    try values("verify.payments", Self.payments, in: claims.map(\.text), PaymentRow.init(row:))
  }

  package func claimsWithPayments(among claims: [ClaimIntakeID]) throws -> Set<ClaimIntakeID> {
    Set(try values("verify.claimsWithPayments", Self.withPayments, in: claims.map(\.text)) { ClaimIntakeID($0[0]) })
  }

  package func postings(under keys: [KeyText]) throws -> [LedgerPosting] {
    try values("verify.postings", Self.postings, in: keys.map(\.text)) { row in
      guard let debit = LedgerAccount(rawValue: row[2]), let credit = LedgerAccount(rawValue: row[3]),
        let posting = LedgerPosting(
          effectKey: KeyText(row[0]), number: row[1], debit: debit, credit: credit, amount: Money(cents: row[4]),
          claimID: ClaimIntakeID(row[5]), party: row[6])
      else { throw StoreFailure.corrupt("a ledger posting has no amount, or an account that does not exist") }
      return posting
    }
  }

  package func audits(under keys: [KeyText]) throws -> [AuditRow] {
    try values("verify.audits", Self.audits, in: keys.map(\.text)) { row in
      AuditRow(
        id: row[0], claimID: ClaimIntakeID(row[1]), adjudicationID: AdjudicationID(row[2]), event: row[3],
        effectKey: KeyText(row[4]), evidence: row[5])
    }
  }

  package func accountBalances() throws -> [String: Money] {
    Dictionary(
      try values("verify.balances", Self.balances, []) { ($0[0] as String, Money(cents: $0[1])) }
    ) { first, _ in first }
  }
}

extension StoredDecision.Amounts {
  /// Five columns in a row.
  fileprivate init(row: Row, from first: Int) {
    self.init(
      charge: Money(cents: row[first]), allowed: Money(cents: row[first + 1]), paid: Money(cents: row[first + 2]),
      adjusted: Money(cents: row[first + 3]), memberResponsibility: Money(cents: row[first + 4]))
  }
}
