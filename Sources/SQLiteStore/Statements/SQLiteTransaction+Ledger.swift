package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let post = """
    INSERT INTO ledger_postings (effect_key, number, debit, credit, amount_cents, claim_intake_id, party, posted_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  private static let selectOfClaim = """
    SELECT effect_key, number, debit, credit, amount_cents, party FROM ledger_postings
    WHERE claim_intake_id = ? ORDER BY posted_at, effect_key, number
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

  package func postings(of claim: ClaimIntakeID) throws -> [LedgerPosting] {
    try named("ledger.ofClaim") {
      try Row.fetchAll(try database.cachedStatement(sql: Self.selectOfClaim), arguments: [claim.text]).map { row in
        guard let debit = LedgerAccount(rawValue: row["debit"]), let credit = LedgerAccount(rawValue: row["credit"]),
          let posting = LedgerPosting(
            effectKey: KeyText(row["effect_key"]), number: row["number"], debit: debit, credit: credit,
            amount: Money(cents: row["amount_cents"]), claimID: claim, party: row["party"])
        else { throw StoreFailure.corrupt("a posting of claim \(claim) is not one we could have made") }
        return posting
      }
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
