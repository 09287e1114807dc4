import ClaimPipeline
import TestSupport
import Testing
import Verification

/// The tables themselves protect money. The verifier rejects a store whose tables are not the ones that this program
/// makes, whatever its rows contain.
@Suite(.postgres, .temporaryFolder) struct TableDamageTests {
  struct Change: CustomTestStringConvertible, Sendable {
    let name: String
    let sql: [StoreKind: String]
    let findings: [StoreKind: [String]]

    var testDescription: String { name }

    init(_ name: String, _ sqlite: String, postgres: String? = nil, _ finding: String, found other: [String]? = nil) {
      self.name = name
      sql = [.sqlite: sqlite, .postgres: postgres ?? sqlite]
      findings = [.sqlite: [finding], .postgres: other ?? [finding]]
    }
  }

  static let changes = [
    Change(
      "the unique index on standing payments is gone", "DROP INDEX one_standing_payment",
      "index one_standing_payment: it is missing"),
    Change(
      "an index of its name is not unique",
      """
      DROP INDEX one_standing_payment;
      CREATE INDEX one_standing_payment ON payments (claim_intake_id) WHERE state IN ('intended', 'paid', 'nothing-due')
      """, "index one_standing_payment: it is not as this program makes it"),
    Change(
      "an index of its name leaves out what was not yet sent",
      """
      DROP INDEX one_standing_payment;
      CREATE UNIQUE INDEX one_standing_payment ON payments (claim_intake_id) WHERE state IN ('paid', 'nothing-due')
      """, "index one_standing_payment: it is not as this program makes it"),
    Change(
      "a trigger is gone", "DROP TRIGGER ledger_postings_are_not_changed",
      postgres: "DROP TRIGGER ledger_postings_are_not_changed ON ledger_postings",
      "trigger ledger_postings_are_not_changed: it is missing",
      found: ["trigger ledger_postings.ledger_postings_are_not_changed: it is missing"]),
    Change(
      "a trigger that nobody here has made",
      "CREATE TRIGGER silent AFTER INSERT ON payments BEGIN DELETE FROM payments; END",
      postgres: "CREATE TRIGGER silent AFTER DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse('no')",
      "trigger silent: it is none of this program's",
      found: ["trigger payments.silent: it is none of this program's"]),
    Change(
      "a table that nobody here has made", "CREATE TABLE visitors (guest BIGINT)",
      "table visitors: it is none of this program's",
      found: [
        "column visitors.guest: it is none of this program's", "table visitors: it is none of this program's",
      ]),
    Change(
      "a column more", "ALTER TABLE payments ADD COLUMN remark TEXT",
      "table payments: it is not as this program makes it",
      found: ["column payments.remark: it is none of this program's"]),
  ]

  /// Changes that only PostgreSQL can make.
  static let postgresChanges = [
    "ALTER TABLE ledger_postings DISABLE TRIGGER ledger_postings_are_not_changed":
      "trigger ledger_postings.ledger_postings_are_not_changed: it is not as this program makes it",
    "ALTER TABLE payments DROP CONSTRAINT paid_has_transfer":
      "constraint payments.paid_has_transfer: it is missing",
    "ALTER TABLE payments ALTER COLUMN payee DROP NOT NULL":
      "column payments.payee: it is not as this program makes it",
    "ALTER TABLE audit_records SET UNLOGGED": "table audit_records: it is not as this program makes it",
    """
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
    """: "function refuse(): it is not as this program makes it",
  ]

  @Test(arguments: changes, StoreKind.allCases)
  func `a table, index or trigger that is missing, foreign or different is named`(
    _ change: Change, on kind: StoreKind
  ) async throws {
    let payer = try await MadeUpPayer(on: kind)
    try await payer.alter(try #require(change.sql[kind]))
    #expect(try await Self.said(of: payer) == change.findings[kind])
  }

  @Test(arguments: postgresChanges.sorted { $0.key < $1.key })
  func `so is what only PostgreSQL knows`(sql: String, finding: String) async throws {
    let payer = try await MadeUpPayer(on: .postgres)
    try await payer.alter(sql)
    #expect(try await Self.said(of: payer) == [finding])
  }

  @Test func `a name that is meant for a terminal is not printed to it`() async throws {
    let payer = try await MadeUpPayer()
    try await payer.alter("CREATE TABLE \"\u{1B}[2Jgone\u{202E}\" (guest INTEGER)")
    #expect(try await Self.said(of: payer) == ["table ?[2Jgone?: it is none of this program's"])
  }

  private static func said(of payer: MadeUpPayer) async throws -> [String] {
    let report = try await payer.verify()
    #expect(Set(report.findings.map(\.invariant)) == [.tablesAsMade])
    return report.findings.map { "\($0.subject): \($0.meaning)" }
  }
}
