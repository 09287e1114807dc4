import ClaimPipeline
import ClaimStore
import DurableExecution
import DurableSQL

/// Rows that the types cannot represent and that the database refuses, even when they are written by hand.
enum UnwritableRow {
  static let statements = [
    "UPDATE effect_keys SET response = NULL", "UPDATE effect_keys SET status = 'PENDING'",
    "UPDATE events SET type = 'x'", "DELETE FROM events",
    "INSERT INTO ledger_postings VALUES ('k', 1, 'cash', 'cash', 1, 'CLM-1', 'p', 1)",
    "INSERT INTO ledger_postings VALUES ('k', 1, 'cash', 'claims-payable', -1, 'CLM-1', 'p', 1)",
    "INSERT INTO decisions VALUES ('A', 'CLM-1', 'k', 'r', 100, 100, 60, 41, 0)",
    "INSERT INTO decisions VALUES ('A', 'CLM-1', 'k', 'r', 100, 50, 60, 40, 0)",
    "INSERT INTO payments VALUES \(payment(amount: 0, interest: 0))",
    "INSERT INTO payments VALUES \(payment(amount: 9, interest: 1))",
    "INSERT INTO payments VALUES \(payment(amount: 9, interest: 0, transfer: "NULL", receipt: "'r'"))",
    "INSERT INTO payments VALUES \(payment(amount: 9, interest: 0, receipt: "''"))",
    "INSERT INTO payments VALUES \(payment(amount: 9, interest: 0, returnReceipt: "'r'"))",
    "INSERT INTO bank_link VALUES (1, 'bank', 'file:bank.db', 0, 'short')",
    "INSERT INTO queued_claims SELECT 'k', 'p', '2026-04-01', response, 's', 'p', 1, 'no trace' FROM effect_keys",
    "UPDATE claims SET status = 'paid'", "UPDATE claims SET first_service = '2026-03-02'",
    "UPDATE claims SET first_service = '2026-03-02', last_service = '2026-03-01'",
  ]

  /// The values of a paid payment that was made in time.
  private static func payment(
    amount: Int, interest: Int, transfer: String = "'T'", receipt: String = "NULL", returnReceipt: String = "NULL"
  ) -> String {
    """
    ('P', 'CLM-1', 'E', 'k', NULL, 'p', 'n', \(amount), \(interest), NULL, NULL, 0, NULL, NULL, 'paid', \(transfer),
    \(receipt), \(returnReceipt))
    """
  }

  /// Writes the rows that the statements refer to.
  static func prepare(_ store: ClaimStore) async throws {
    try await store.transaction { transaction in
      try transaction.insert([SampleRecord.completed("idemp:test:1")])
      try transaction.insert([SampleRecord.claim("CLM-1")])
      try transaction.append([
        EffectEvent(
          key: KeyText("idemp:test:1"), epoch: .first, stream: "s", type: "t", agent: AgentVersion("T", "1"),
          lamport: LamportTime(1), at: Timestamp(microseconds: 1), facts: [])
      ])
    }
  }
}
