import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableSQLite
import TestSupport
import Testing

@testable import ClaimStore

@Suite("A page of claims", .postgres)
struct SearchPlanTests {
  /// A filter, and the index that serves it.
  struct Search: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let filter: ClaimFilter
    let indexes: [String]

    init(_ description: String, _ index: String..., filter: ClaimFilter) {
      (testDescription, indexes, self.filter) = (description, index, filter)
    }
  }

  private static let member = MemberID("M7")
  private static let provider = ProviderReference("1000000007")
  private static let payer = PayerID("P1")
  private static let day = CalendarDate(year: 2026, month: 3, day: 2)

  private static let procedure = try? ClaimMark(.procedure, named: "99213")
  private static let reason = try? ClaimMark(.reason, named: "CO-97")
  /// SQLite names the primary key of a table by the table alone.
  private static let (marks, marksInSQLite) = ("claim_marks_pkey", "claim_marks USING PRIMARY KEY")

  static let searches = [
    Search("all", "claims_by_day", filter: ClaimFilter()),
    Search("number", "claims_by_number", filter: ClaimFilter(claimNumber: ClaimNumber("A-7"))),
    Search("member", "claims_by_member", filter: ClaimFilter(memberID: member)),
    Search("provider", "claims_by_provider", filter: ClaimFilter(provider: provider)),
    Search("status", "claims_by_status", filter: ClaimFilter(status: .suspended)),
    Search("paid", "claims_by_day", filter: ClaimFilter(status: .paid)),
    Search("payer", "claims_by_day", filter: ClaimFilter(payerID: payer)),
    Search("received", "claims_by_day", filter: ClaimFilter(receivedFrom: day, receivedThrough: day)),
    Search("service", "claims_by_day", filter: ClaimFilter(serviceFrom: day, serviceThrough: day)),
    Search("charge", "claims_by_day", filter: ClaimFilter(chargeAtMost: Money(cents: 3_000))),
    Search("member, status", "claims_by_member", "claims_by_status", filter: .init(status: .denied, memberID: member)),
    Search("member, received", "claims_by_member", filter: .init(memberID: member, receivedThrough: day)),
    Search("member, service", "claims_by_member", filter: .init(memberID: member, serviceFrom: day)),
    Search(
      "member, provider", "claims_by_member", "claims_by_provider", filter: .init(memberID: member, provider: provider)),
    Search(
      "provider, status", "claims_by_provider", "claims_by_status", filter: .init(status: .denied, provider: provider)),
    Search("provider, paid", "claims_by_provider", filter: .init(status: .paid, provider: provider)),
    Search("provider, received", "claims_by_provider", filter: .init(provider: provider, receivedFrom: day)),
    Search(
      "status, received", "claims_by_status", "claims_by_day", filter: .init(status: .suspended, receivedThrough: day)),
    Search("status, payer", "claims_by_status", filter: .init(status: .suspended, payerID: payer)),
    Search("status, charge", "claims_by_status", filter: .init(status: .suspended, chargeAtLeast: Money(cents: 1))),
    Search("payer, received", "claims_by_day", filter: .init(payerID: payer, receivedFrom: day)),
    Search("procedure", marks, marksInSQLite, filter: .init(procedure: procedure)),
    Search("run", marks, marksInSQLite, filter: .init(run: ClaimMark(run: 7))),
    Search("reason", marks, marksInSQLite, filter: .init(reason: reason)),
    Search("reason, procedure", marks, marksInSQLite, filter: .init(procedure: procedure, reason: reason)),
    Search("procedure, received", marks, marksInSQLite, filter: .init(receivedThrough: day, procedure: procedure)),
    Search("reason, status", marks, marksInSQLite, filter: .init(status: .denied, reason: reason)),
    Search("member, procedure", "claims_by_member", filter: .init(memberID: member, procedure: procedure)),
  ]

  /// The first page and a later one of each filter. PostgreSQL may sort the few claims that an index finds.
  @Test("is read from an index, and not from the whole table", arguments: StoreKind.allCases)
  func page(kind: StoreKind) async throws {
    let store = try await filled(kind)
    var row = SampleRecord.claim("CLM-00500").row
    row.receivedOn = try #require(Self.day)
    for search in Self.searches {
      for cursor in [nil, ClaimCursor(at: row)] {
        let plan = try await plan(of: ClaimSearch(search.filter, after: cursor).page(limit: 51), kind, in: store)
        let about: Comment = "\(search.testDescription), \(cursor == nil ? "first page" : "later page"): \(plan)"
        #expect(search.indexes.contains(where: plan.contains), about)
        #expect(!plan.contains("Seq Scan") && !plan.contains("SCAN claims\n"), about)
        let isWalk = search.indexes == ["claims_by_day"]
        #expect(!isWalk || !plan.contains("Sort"), about)
        let isSorted = search.filter.claimNumber == nil && plan.contains("TEMP B-TREE")
        #expect(!isSorted, about)
      }
    }
  }

  @Test("of a member, a provider, a number, a status, or a day is counted by an index", arguments: StoreKind.allCases)
  func count(kind: StoreKind) async throws {
    let store = try await filled(kind)
    for search in Self.searches
    where ["number", "member", "provider", "status", "received"].contains(search.testDescription) {
      let plan = try await plan(of: ClaimSearch(search.filter).count(limit: 10_001), kind, in: store)
      #expect(search.indexes.contains(where: plan.contains), "\(search.testDescription): \(plan)")
    }
  }

  /// SQLite plans without looking at the rows. PostgreSQL reads a small table whole, so its table is large.
  private func filled(_ kind: StoreKind) async throws -> ClaimStore {
    let folder = try TemporaryFolder()
    let place = try StorePlace(kind, in: folder.path)
    let store = try await place.open(clock: { withExtendedLifetime(folder) { SQLiteStore.systemClock() } })
    guard kind == .postgres else { return store }
    try await place.run(
      """
      INSERT INTO claims (claim_intake_id, claim_number, payer_id, member_id, received_on, ruleset, charge_cents, status,
        intake_key, version, adjudication_id, allowed_cents, member_cents, paid_cents, provider, first_service, last_service)
      SELECT 'CLM-' || lpad(n::text, 5, '0'), 'A-' || n, 'P' || n % 3, 'M' || n % 1000, day, 'r', n, status, 'k' || n, 1,
        'ADJ-' || n, 0, 0, 0, '10000000' || lpad((n % 100)::text, 2, '0'), day, day
      FROM (
        SELECT n, to_char(date '2026-01-01' + n % 120, 'YYYY-MM-DD') AS day,
          CASE WHEN n % 50 = 0 THEN 'suspended' WHEN n % 10 = 1 THEN 'denied' ELSE 'paid' END AS status
        FROM generate_series(1, 10000) AS n) AS made;
      INSERT INTO claim_marks SELECT 'procedure', '99213', received_on, claim_intake_id FROM claims
      WHERE charge_cents % 3 = 0;
      INSERT INTO claim_marks SELECT 'reason', 'CO-97', received_on, claim_intake_id FROM claims
      WHERE charge_cents % 100 = 0;
      INSERT INTO claim_marks SELECT 'run', (charge_cents / 500)::text, received_on, claim_intake_id FROM claims;
      ANALYZE claims; ANALYZE claim_marks
      """)
    return store
  }

  private func plan(of query: SQLQuery, _ kind: StoreKind, in store: ClaimStore) async throws -> String {
    let explained = Statement(
      "explain.\(query.name)",
      DialectText(
        sqlite: "EXPLAIN QUERY PLAN \(query.statement.sqlite)", postgres: "EXPLAIN \(query.statement.postgres)"))
    let questions = query.questions
    // SQLite describes a step in its fourth column.
    let column = kind == .sqlite ? 3 : 0
    let steps = try await store.read { transaction in
      try transaction.sql.ask(explained, questions[0]) { try $0.row.text(column) }
    }
    return steps.map { "\($0)\n" }.joined()
  }
}
