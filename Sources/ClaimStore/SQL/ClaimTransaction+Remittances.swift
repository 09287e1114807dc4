import BankProtocol
package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let number = Statement("remittances.number", "SELECT COALESCE(max(number), 0) + 1 FROM remittances")
  static let insert = Statement(
    "remittances.insert",
    """
    INSERT INTO remittances (\(RemittanceRow.columns))
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    """)
  static let tell = Statement(
    "remittances.tell",
    """
    UPDATE remitted_claims SET remittance_id = $3 WHERE claim_intake_id = $1 AND part = $2 AND remittance_id IS NULL
    """)
  static let last = Statement(
    "remittances.last",
    "SELECT \(RemittanceRow.columns) FROM remittances WHERE payee = $1 ORDER BY number DESC LIMIT 1")
  static let ofRun = Statement(
    "remittances.ofRun",
    "SELECT \(RemittanceRow.columns) FROM remittances WHERE run = $1 AND number > $2 ORDER BY number LIMIT $3")
  static let newest = Statement(
    "remittances.newest",
    "SELECT \(RemittanceRow.columns) FROM remittances WHERE number < $1 ORDER BY number DESC LIMIT $2")
  static let select = Statement(
    "remittances.select", "SELECT \(RemittanceRow.columns) FROM remittances WHERE remittance_id = $1")
  static let told = Statement(
    "remittances.told",
    "SELECT part, remittance_id FROM remitted_claims WHERE claim_intake_id = $1 ORDER BY part")
  static let after = Statement(
    "remittances.after",
    "SELECT \(RemittanceRow.columns) FROM remittances WHERE number > $1 ORDER BY number LIMIT $2")
  static let totals = Statement(
    "remittances.totals",
    """
    SELECT r.remittance_id, count(*), \
    CAST(sum(CASE r.part WHEN 'reversal' THEN -c.paid_cents ELSE c.paid_cents END) AS BIGINT), \
    CAST(sum(CASE r.part WHEN 'reversal' THEN -p.interest_cents ELSE p.interest_cents END) AS BIGINT), \
    CAST(sum(CASE WHEN r.part = 'settlement' AND p.transfer_id IS NOT NULL THEN p.amount_cents ELSE 0 END) AS BIGINT), \
    CAST(sum(CASE WHEN c.paid_cents IS NULL OR c.audit_key IS NULL OR c.status IN ('received', 'adjudicated', \
    'suspended') OR p.payee <> r.payee THEN 1 ELSE 0 END) AS BIGINT)
    FROM remitted_claims r JOIN claims c ON c.claim_intake_id = r.claim_intake_id
    JOIN payments p ON p.payment_id = r.payment_id
    WHERE r.remittance_id \(oneOf: 1) GROUP BY r.remittance_id
    """)
}

extension ClaimTransaction {
  package func nextRemittanceNumber() throws -> Int { try sql.ask(SQL.number) { try $0.count() }.first ?? 1 }

  package func insert(_ remittance: RemittanceRow, telling claims: [DueClaim]) throws {
    try sql.run(SQL.insert, [remittance.arguments])
    try sql.run(
      SQL.tell, claims, { $0.place + [.text(remittance.id.text)] }, orFail: { .stale("claim \($0.claimID), told") })
  }

  package func lastRemittance(to payee: String) throws -> RemittanceRow? {
    try sql.ask(SQL.last, [.text(payee)]) { try RemittanceRow(columns: &$0) }.first
  }

  package func remittances(in run: CheckRunRow, after number: Int, limit: Int) throws -> [RemittanceRow] {
    try sql.ask(SQL.ofRun, [.count(run.number), .count(number), .count(limit)]) { try RemittanceRow(columns: &$0) }
  }

  package func remittances(before number: Int?, limit: Int) throws -> [RemittanceRow] {
    try sql.ask(SQL.newest, [.count(number ?? .max), .count(limit)]) { try RemittanceRow(columns: &$0) }.reversed()
  }

  package func remittance(_ id: RemittanceID) throws -> RemittanceRow? {
    try sql.ask(SQL.select, [.text(id.text)]) { try RemittanceRow(columns: &$0) }.first
  }

  package func told(of claim: ClaimIntakeID) throws -> [ReportedPart] {
    try sql.ask(SQL.told, [.text(claim.text)]) { columns in
      guard let part = DueClaim.Part(rawValue: try columns.text()) else {
        throw StoreFailure.corrupt("claim \(claim) was told in a part that does not exist")
      }
      return ReportedPart(part: part, remittance: try columns.textOrNil().map { RemittanceID($0) })
    }
  }

  package func remittedTotals(after number: Int, limit: Int) throws -> [RemittedTotals] {
    let rows = try sql.ask(SQL.after, [.count(number), .count(limit)]) { try RemittanceRow(columns: &$0) }
    let sums = try sql.ask(SQL.totals, for: rows.map(\.id.text)) { columns in
      RemittanceSums(
        id: try columns.text(), claims: try columns.count(), paid: try columns.centsOrNil() ?? .zero,
        interest: try columns.cents(), moved: try columns.cents(), unsettled: try columns.count())
    }
    let byID = Dictionary(sums.map { ($0.id, $0) }) { first, _ in first }
    return rows.map { row in
      let sum = byID[row.id.text]
      return RemittedTotals(
        remittance: row, claimCount: sum?.claims ?? 0, claimsPaid: sum?.paid ?? .zero,
        interest: sum?.interest ?? .zero, moved: sum?.moved ?? .zero, unsettled: sum?.unsettled ?? 0)
    }
  }
}

/// The totals of one remittance's claims.
private struct RemittanceSums {
  let id: String
  let claims: Int
  let paid: Money
  let interest: Money
  let moved: Money
  let unsettled: Int
}

extension RemittanceRow {
  static let columns: DialectText = """
    remittance_id, number, run, payee, payee_name, effect_key, claim_count, claims_paid_cents, interest_cents, \
    amount_cents,     owed_before_cents, owed_before_trace, owed_after_cents, owed_after_trace, digest
    """

  var arguments: [SQLValue] {
    [
      .text(id.text), .count(number), .count(run), .text(payee.reference), .text(payee.name), .text(effectKey.text),
      .count(claimCount), .integer(claimsPaid.cents), .integer(interest.cents), .integer(amount.cents),
      .integer(carriedIn?.amount.cents ?? 0), .text(optional: carriedIn?.trace),
      .integer(carriedOut?.amount.cents ?? 0), .text(optional: carriedOut?.trace), .text(digest),
    ]
  }

  init(columns: inout Columns) throws {
    self.init(
      id: RemittanceID(try columns.text()), number: try columns.count(), run: try columns.count(),
      payee: Payee(reference: try columns.text(), name: try columns.text()), effectKey: KeyText(try columns.text()),
      claimCount: try columns.count(), claimsPaid: try columns.cents(), interest: try columns.cents(),
      amount: try columns.cents(),
      carriedIn: try ForwardedBalance(columns: &columns), carriedOut: try ForwardedBalance(columns: &columns),
      digest: try columns.text())
  }
}

extension ForwardedBalance {
  fileprivate init?(columns: inout Columns) throws {
    let (amount, trace) = (try columns.cents(), try columns.textOrNil())
    guard let trace else { return nil }
    self.init(amount, from: trace)
  }
}
