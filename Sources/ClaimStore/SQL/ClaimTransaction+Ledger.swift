package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let post = Statement(
    "ledger.post",
    insertInto: "ledger_postings",
    "effect_key, number, debit, credit, amount_cents, claim_intake_id, party, posted_at")
  /// The keys under which a claim is posted.
  static let keysOfClaim = Statement(
    "ledger.keysOfClaim",
    """
    SELECT adjudication_key FROM claims WHERE claim_intake_id = $1 AND adjudication_key IS NOT NULL
    UNION SELECT effect_key FROM payments WHERE claim_intake_id = $1
    UNION SELECT 'idemp:reversal:' || claim_intake_id FROM claims WHERE claim_intake_id = $1
    """)
  static let underKeys = Statement(
    "ledger.underKeys",
    """
    SELECT \(LedgerPosting.columns) FROM ledger_postings
    WHERE effect_key \(oneOf: 1) ORDER BY posted_at, effect_key, number
    """)
  static let closedThrough = Statement("ledger.closedThrough", "SELECT through FROM closed_cash_book")
  static let close = Statement(
    "ledger.close",
    """
    INSERT INTO closed_cash_book (id, through) VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET through = excluded.through WHERE closed_cash_book.through < excluded.through
    """)
}

extension ClaimTransaction {
  package func post(_ postings: [LedgerPosting]) throws {
    let now = try now
    try afterInserts.run(
      SQL.post,
      postings.map {
        [
          .text($0.effectKey.text), .count($0.number), .text($0.debit.rawValue), .text($0.credit.rawValue),
          .integer($0.amount.cents), .text($0.claimID.text), .text($0.party), .integer(now.microseconds),
        ]
      })
  }

  package func postings(of claim: ClaimIntakeID) throws -> [LedgerPosting] {
    // Postings have no index by claim, since nothing that runs all day would use one.
    let keys = try besideClaims.ask(SQL.keysOfClaim, [.text(claim.text)]) { try $0.text() }
    return try besideClaims.ask(SQL.underKeys, for: keys) { try LedgerPosting(columns: &$0) }
      .filter { $0.claimID == claim }
  }

  package func cashBookClosedThrough() throws -> CalendarDate? {
    // The lock keeps the closing date unchanged until the current postings are committed.
    try besideClaims.session.lock([LockName.cashBook], .shared)
    return try besideClaims.ask(SQL.closedThrough) { CalendarDate(parsing: try $0.text()) }.first.flatMap(\.self)
  }

  package func closeCashBook(through day: CalendarDate) throws {
    try besideClaims.session.lock([LockName.cashBook], .exclusive)
    try besideClaims.run(SQL.close, [[.text(day.description)]])
  }
}

extension LedgerPosting {
  static let columns: DialectText = "effect_key, number, debit, credit, amount_cents, claim_intake_id, party"

  init(columns: inout Columns) throws {
    let (key, number) = (KeyText(try columns.text()), try columns.count())
    guard let debit = LedgerAccount(rawValue: try columns.text()),
      let credit = LedgerAccount(rawValue: try columns.text()),
      let posting = LedgerPosting(
        effectKey: key, number: number, debit: debit, credit: credit, amount: try columns.cents(),
        claimID: ClaimIntakeID(try columns.text()), party: try columns.text())
    else { throw StoreFailure.corrupt("a ledger posting has no amount, or an account that does not exist") }
    self = posting
  }
}
