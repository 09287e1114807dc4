package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let decisions = Statement(
    "verify.decisions",
    """
    SELECT adjudication_id, claim_intake_id, effect_key, ruleset, charge_cents, allowed_cents, paid_cents, \
    adjusted_cents, member_cents FROM decisions WHERE claim_intake_id \(oneOf: 1)
    """)
  static let lines = Statement(
    "verify.decisionLines",
    """
    SELECT adjudication_id, number, claim_intake_id, code, denied, signature, near_signature, care_day, days, \
    charge_cents, allowed_cents, paid_cents, adjusted_cents, member_cents FROM decision_lines WHERE adjudication_id \(oneOf: 1)
    ORDER BY adjudication_id, number
    """)
  static let furtherDays = Statement(
    "verify.furtherDays",
    """
    SELECT adjudication_id, number, claim_intake_id, near_signature, care_day FROM further_days
    WHERE adjudication_id \(oneOf: 1) ORDER BY adjudication_id, number, day
    """)
  static let payments = Statement(
    "verify.payments",
    "SELECT \(PaymentRow.columns) FROM payments WHERE claim_intake_id \(oneOf: 1) ORDER BY payment_id")
  static let withPayments = Statement(
    "verify.claimsWithPayments", "SELECT DISTINCT claim_intake_id FROM payments WHERE claim_intake_id \(oneOf: 1)")
  static let postings = Statement(
    "verify.postings", "SELECT \(LedgerPosting.columns) FROM ledger_postings WHERE effect_key \(oneOf: 1)")
  static let audits = Statement(
    "verify.audits",
    """
    SELECT audit_id, claim_intake_id, adjudication_id, event, effect_key, evidence FROM audit_records
    WHERE effect_key \(oneOf: 1)
    """)
  /// One pass over the ledger, with a sum for each account. GROUP BY would make SQLite sort the whole ledger in memory.
  static let balances = Statement(
    "verify.balances",
    DialectText(
      stringLiteral:
        "SELECT \(LedgerAccount.allCases.map(balance).joined(separator: ", ")), \(balanceOfOthers) FROM ledger_postings"
    ))

  private static func balance(of account: LedgerAccount) -> String {
    sum(
      "CASE debit WHEN '\(account.rawValue)' THEN amount_cents ELSE 0 END",
      "CASE credit WHEN '\(account.rawValue)' THEN amount_cents ELSE 0 END")
  }

  private static let balanceOfOthers: String = {
    let known = LedgerAccount.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return sum(
      "CASE WHEN debit NOT IN (\(known)) THEN amount_cents ELSE 0 END",
      "CASE WHEN credit NOT IN (\(known)) THEN amount_cents ELSE 0 END")
  }()

  private static func sum(_ debit: String, _ credit: String) -> String {
    "CAST(coalesce(sum(\(debit) - \(credit)), 0) AS BIGINT)"
  }
}

// The rows of decisions and payments, as `claims verify` reads them.
extension ClaimTransaction {
  package func decisions(of claims: [ClaimIntakeID]) throws -> [StoredDecision] {
    var decisions = try sql.ask(SQL.decisions, for: claims.map(\.text)) { columns in
      StoredDecision(
        id: AdjudicationID(try columns.text()), claimID: ClaimIntakeID(try columns.text()),
        effectKey: KeyText(try columns.text()), ruleset: RulesetID(try columns.text()),
        totals: try StoredDecision.Amounts(columns: &columns))
    }
    let lines = try sql.ask(SQL.lines, for: decisions.map(\.id.text)) { columns in
      let (decision, number) = (AdjudicationID(try columns.text()), try columns.count())
      let (claim, code) = (ClaimIntakeID(try columns.text()), try columns.text())
      let isDenied = try columns.flag()
      let (signature, nearSignature, careDay) = (try columns.text(), try columns.text(), try columns.text())
      let dayCount = try columns.count()
      return (
        decision: decision,
        line: StoredDecision.Line(
          number: number, claimID: claim, code: code, amounts: try StoredDecision.Amounts(columns: &columns),
          isDenied: isDenied, signature: signature, dayCount: dayCount,
          days: [StoredDecision.Day(claimID: claim, nearSignature: nearSignature, careDay: careDay)])
      )
    }
    let days = try sql.ask(SQL.furtherDays, for: decisions.map(\.id.text)) { columns in
      (
        line: LineOfDecision(decision: AdjudicationID(try columns.text()), number: try columns.count()),
        day: StoredDecision.Day(
          claimID: ClaimIntakeID(try columns.text()), nearSignature: try columns.text(), careDay: try columns.text())
      )
    }
    let linesByDecision = Dictionary(grouping: lines, by: \.decision)
    let daysByLine = Dictionary(grouping: days, by: \.line)
    for index in decisions.indices {
      decisions[index].lines = (linesByDecision[decisions[index].id] ?? []).map { decision, line in
        var line = line
        line.days += (daysByLine[LineOfDecision(decision: decision, number: line.number)] ?? []).map(\.day)
        return line
      }
    }
    return decisions
  }

  package func payments(of claims: [ClaimIntakeID]) throws -> [PaymentRow] {
    try sql.ask(SQL.payments, for: claims.map(\.text)) { try PaymentRow(columns: &$0) }
  }

  package func claimsWithPayments(among claims: [ClaimIntakeID]) throws -> Set<ClaimIntakeID> {
    Set(try sql.ask(SQL.withPayments, for: claims.map(\.text)) { ClaimIntakeID(try $0.text()) })
  }

  package func postings(under keys: [KeyText]) throws -> [LedgerPosting] {
    try sql.ask(SQL.postings, for: keys.map(\.text)) { try LedgerPosting(columns: &$0) }
  }

  package func audits(under keys: [KeyText]) throws -> [AuditRow] {
    try sql.ask(SQL.audits, for: keys.map(\.text)) { columns in
      AuditRow(
        id: try columns.text(), claimID: ClaimIntakeID(try columns.text()),
        adjudicationID: AdjudicationID(try columns.text()), event: try columns.text(),
        effectKey: KeyText(try columns.text()), evidence: try columns.text())
    }
  }

  package func accountBalances() throws -> [String: Money] {
    let balances = try sql.ask(SQL.balances) { columns in
      var balances: [String: Money] = [:]
      for account in LedgerAccount.allCases { balances[account.rawValue] = try columns.cents() }
      balances[LedgerAccount.others] = try columns.cents()
      return balances.filter { $0.value != .zero }
    }
    return balances.first ?? [:]
  }
}

private struct LineOfDecision: Hashable {
  let decision: AdjudicationID
  let number: Int
}

extension StoredDecision.Amounts {
  /// Reads the next five columns.
  fileprivate init(columns: inout Columns) throws {
    self.init(
      charge: try columns.cents(), allowed: try columns.cents(), paid: try columns.cents(),
      adjusted: try columns.cents(), memberResponsibility: try columns.cents())
  }
}
