package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let post = """
    INSERT INTO ledger_postings (effect_key, number, debit, credit, amount_cents, claim_intake_id, party, posted_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  private static let close = """
    INSERT INTO closed_cash_book (id, through) VALUES (1, ?)
    ON CONFLICT (id) DO UPDATE SET through = max(through, excluded.through)
    """

  package func post(_ postings: [LedgerPosting]) throws {
    try each("ledger.post", Self.post, postings) {
      [
        $0.effectKey.text, $0.number, $0.debit.rawValue, $0.credit.rawValue, $0.amount.cents, $0.claimID.text,
        $0.party, now.microseconds,
      ]
    }
  }

  package func cashBookClosedThrough() throws -> CalendarDate? {
    try named("ledger.closedThrough") {
      let text = try String.fetchOne(try database.cachedStatement(sql: "SELECT through FROM closed_cash_book"))
      return text.flatMap { CalendarDate(parsing: $0) }
    }
  }

  package func closeCashBook(through day: CalendarDate) throws {
    try each("ledger.close", Self.close, [day]) { [$0.description] }
  }
}
