package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let open = Statement("checkRuns.open", "SELECT run, paid_on FROM check_runs WHERE state = 'open'")
  static let lastBegan = Statement("checkRuns.lastBegan", "SELECT begun_at FROM check_runs ORDER BY run DESC LIMIT 1")
  /// Checked first, so that a store where nothing is due gets no run.
  static let isDue = Statement(
    "checkRuns.isDue",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM \(settlements)) OR EXISTS (SELECT 1 FROM \(reversals))")
  static let begin = Statement(
    "checkRuns.begin",
    """
    INSERT INTO check_runs (run, paid_on, state, begun_at)
    SELECT COALESCE(max(run), 0) + 1, CAST($1 AS TEXT), 'open', CAST($2 AS BIGINT) FROM check_runs
    """)
  static let takeReversals = Statement(
    "checkRuns.takeReversals",
    """
    INSERT INTO remitted_claims (claim_intake_id, part, payment_id, run, payee)
    SELECT p.claim_intake_id, 'reversal', p.payment_id, CAST($1 AS BIGINT), p.payee FROM \(reversals)
    """)
  static let takeSettlements = Statement(
    "checkRuns.takeSettlements",
    """
    INSERT INTO remitted_claims (claim_intake_id, part, payment_id, run, payee)
    SELECT p.claim_intake_id, 'settlement', p.payment_id, CAST($1 AS BIGINT), p.payee FROM \(settlements)
    """)
  /// Payments that a remittance has reported and that were reversed since.
  static let reversals: DialectText = """
    payments p JOIN remitted_claims t ON t.claim_intake_id = p.claim_intake_id AND t.part = 'settlement'
    WHERE p.state = 'reversed' AND t.remittance_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM remitted_claims r WHERE r.claim_intake_id = p.claim_intake_id AND r.part = 'reversal')
    """
  /// Settlements that are not yet reported: those without a row in `remitted_claims`. The `told` mark of a claim says that
  /// everything about it is reported, and is there for speed alone. CROSS JOIN makes SQLite start with the claims, of
  /// which few lack the mark.
  ///
  /// A claim that replaces another waits until the other's reversal is reported, or is due in the same run; a claim
  /// that was reversed before it was reported is still reported as first settled. A payment that withheld an amount
  /// waits until every earlier reversal of its payee is reported, so that no check withholds an amount that the payee
  /// does not know of.
  static let settlements: DialectText = """
    claims c CROSS JOIN payments p WHERE p.claim_intake_id = c.claim_intake_id \
    AND c.told = 0 AND c.audit_key IS NOT NULL AND c.status IN ('paid', 'denied', 'replaced') \
    AND p.state IN ('paid', 'nothing-due', 'reversed') AND NOT EXISTS (
      SELECT 1 FROM remitted_claims r WHERE r.claim_intake_id = p.claim_intake_id AND r.part = 'settlement')
    AND NOT EXISTS (
      SELECT 1 FROM payments q WHERE q.claim_intake_id = c.revises AND q.state = 'reversed' AND NOT EXISTS (
        SELECT 1 FROM remitted_claims r WHERE r.claim_intake_id = q.claim_intake_id AND r.part = 'reversal'))
    AND (p.withheld_cents = 0 OR NOT EXISTS (
      SELECT 1 FROM payments q WHERE q.payee = p.payee AND q.state = 'reversed' AND q.reversed_step < p.withheld_step
      AND NOT EXISTS (
        SELECT 1 FROM remitted_claims r WHERE r.claim_intake_id = q.claim_intake_id AND r.part = 'reversal')))
    """
  static let markTold = Statement(
    "checkRuns.markTold",
    """
    UPDATE claims SET told = 1 WHERE claim_intake_id IN (
      SELECT claim_intake_id FROM remitted_claims WHERE run = $1 AND part = 'settlement' AND remittance_id IS NULL)
    """)
  static let markRun = Statement(
    "checkRuns.markRun",
    """
    INSERT INTO claim_marks (kind, code, received_on, claim_intake_id)
    SELECT DISTINCT 'run', CAST(m.run AS TEXT), c.received_on, c.claim_intake_id
    FROM remittances m JOIN remitted_claims r ON r.remittance_id = m.remittance_id
    JOIN claims c ON c.claim_intake_id = r.claim_intake_id WHERE m.run = $1
    """)
  static let close = Statement("checkRuns.close", "UPDATE check_runs SET state = 'closed' WHERE run = $1")
  static let nextPayee = Statement(
    "checkRuns.nextPayee",
    "SELECT payee FROM remitted_claims WHERE run = $1 AND remittance_id IS NULL ORDER BY payee LIMIT 1")
  static let next = Statement(
    "checkRuns.next",
    """
    SELECT claim_intake_id, part, payment_id, payee FROM remitted_claims
    WHERE run = $1 AND payee = $2 AND remittance_id IS NULL ORDER BY part, claim_intake_id LIMIT $3
    """)
  static let holdBack = Statement(
    "checkRuns.holdBack",
    "DELETE FROM remitted_claims WHERE claim_intake_id = $1 AND part = $2 AND remittance_id IS NULL")
  static let markUntold = Statement("checkRuns.markUntold", "UPDATE claims SET told = 0 WHERE claim_intake_id = $1")
}

extension ClaimTransaction {
  package func openCheckRun() throws -> CheckRunRow? {
    // Remittances are made one after another: each carries forward the payee's debt from the one before.
    try sql.session.lock([LockName.checkRun], .exclusive)
    return try sql.ask(SQL.open) { columns in
      let (number, text) = (try columns.count(), try columns.text())
      guard let day = CalendarDate(parsing: text) else {
        throw StoreFailure.corrupt("check run \(number) is of a day that does not exist")
      }
      return CheckRunRow(number: number, day: day)
    }.first
  }

  package func lastCheckRunBegan() throws -> Timestamp? {
    try sql.ask(SQL.lastBegan) { Timestamp(microseconds: try $0.integer()) }.first
  }

  package func beginCheckRun(on day: CalendarDate) throws -> CheckRunRow? {
    let isAnyDue = try sql.ask(SQL.isDue) { try $0.integer() }.first != nil
    guard isAnyDue else { return nil }
    try sql.run(SQL.begin, [[.text(day.description), .integer(now.microseconds)]])
    guard let begun = try openCheckRun() else { throw StoreFailure.corrupt("a check run that was begun is gone") }
    try sql.run(SQL.takeReversals, [[.count(begun.number)]])
    try sql.run(SQL.takeSettlements, [[.count(begun.number)]])
    try sql.run(SQL.markTold, [[.count(begun.number)]])
    return begun
  }

  package func close(_ run: CheckRunRow) throws {
    try sql.run(SQL.close, [run], { [.count($0.number)] }, orFail: { .stale("check run \($0.number)") })
    try sql.run(SQL.markRun, [[.count(run.number)]])
  }

  package func due(in run: CheckRunRow, limit: Int) throws -> [DueClaim] {
    guard let payee = try sql.ask(SQL.nextPayee, [.count(run.number)], { try $0.text() }).first else { return [] }
    return try sql.ask(SQL.next, [.count(run.number), .text(payee), .count(limit)]) { columns in
      let (claim, word) = (ClaimIntakeID(try columns.text()), try columns.text())
      guard let part = DueClaim.Part(rawValue: word) else {
        throw StoreFailure.corrupt("claim \(claim) is due in a part that does not exist")
      }
      return DueClaim(
        claimID: claim, part: part, paymentID: PaymentID(try columns.text()), payee: try columns.text())
    }
  }

  package func holdBack(_ claims: [DueClaim]) throws {
    try sql.run(SQL.holdBack, claims, \.place) { .stale("claim \($0.claimID), due to be told") }
    try sql.run(SQL.markUntold, claims.filter { $0.part == .settlement }.map { [.text($0.claimID.text)] })
  }
}

extension DueClaim {
  var place: [SQLValue] { [.text(claimID.text), .text(part.rawValue)] }
}
