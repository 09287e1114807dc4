import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableSQLite
import TestSupport
import Testing

@testable import ClaimStore

@Suite("Claims that match a filter", .postgres)
struct ClaimSearchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ kind: StoreKind) async throws -> ClaimStore {
    try await StorePlace(kind, in: folder.path).open(clock: { SQLiteStore.systemClock() })
  }

  /// What is expected is computed from all rows in memory. It is compared after each page, so that it also holds while
  /// claims are taken in between two pages.
  @Test(
    "are each on exactly one page, in order, whatever the filter and the page size, also while claims are taken in",
    arguments: StoreKind.allCases, [UInt64](1...4))
  func pages(kind: StoreKind, seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let store = try await open(kind)
    var all = (0..<300).map { SampleSearch.claim($0, &random) }
    try await store.transaction { [all] in try $0.insertMarked(all) }
    for round in 1...40 {
      let (filter, limit) = (SampleSearch.filter(&random), Int.random(in: 1...40, using: &random))
      let about: Comment = "seed \(seed), round \(round): \(filter), pages of \(limit)"
      let early = all.inOrder.filter(filter.matches)
      let total = try await store.read { try $0.count(matching: filter, upTo: 25) }
      #expect(total == min(early.count, 25), about)

      var (cursor, seen, isLate): (ClaimCursor?, [ClaimIntakeID], Bool) = (nil, [], false)
      var matching = early
      repeat {
        let page = try await store.read { [cursor] in try $0.claims(matching: filter, after: cursor, limit: limit) }
        let rest = matching.filter { claim in cursor.map { claim.isAfter($0) } ?? true }
        #expect(page.rows == rest.prefix(limit).map(\.found), about)
        #expect((page.next == nil) == (rest.count <= limit), about)
        seen += page.rows.map(\.row.id)
        cursor = try page.next.map { try ClaimCursor(parsing: $0.text) }
        // New claims come for a while only: they must not come faster than the pages pass them.
        isLate = isLate || all.count > 300 + 10 * round
        guard round.isMultiple(of: 4), !isLate else { continue }
        let new = (all.count..<all.count + 3).map { SampleSearch.claim($0, &random) }
        try await store.transaction { try $0.insertMarked(new) }
        all += new
        matching = all.inOrder.filter(filter.matches)
      } while cursor != nil
      #expect(Set(seen).count == seen.count && Set(seen).isSuperset(of: early.map(\.row.id)), about)
    }
  }

  @Test("are counted by status, each up to a limit", arguments: StoreKind.allCases)
  func countsByStatus(kind: StoreKind) async throws {
    var random = SeededGenerator(seed: 5)
    let store = try await open(kind)
    let all = (0..<90).map { SampleSearch.claim($0, &random) }
    try await store.transaction { try $0.insert(all) }
    for limit in [10, 1_000] {
      let expected = Dictionary(grouping: all, by: \.row.status).mapValues { min($0.count, limit) }
      #expect(try await store.read { try $0.countsByStatus(upTo: limit) } == expected)
    }
  }

  @Test("include those that the transaction itself has written", arguments: StoreKind.allCases)
  func written(kind: StoreKind) async throws {
    let claim = SampleRecord.claim("CLM-1")
    let found = try await open(kind).transaction { transaction in
      try transaction.insert([claim])
      return try transaction.claims(matching: ClaimFilter(status: .received), after: nil, limit: 5).rows
    }
    #expect(found == [claim.found])
  }

  @Test(
    "include claims from before providers and days of care were stored, by everything else",
    arguments: StoreKind.allCases)
  func upgraded(kind: StoreKind) async throws {
    let place = try await StorePlace.old(kind, in: folder.path, steps: 4)
    try await place.run(
      """
      INSERT INTO claims (claim_intake_id, claim_number, payer_id, member_id, received_on, ruleset, charge_cents, status,
        intake_key, version)
      VALUES ('CLM-1', 'A-1', 'P', 'M1', '2026-03-02', 'r', 100, 'suspended', 'idemp:intake:1', 1)
      """)
    let store = try await place.open(clock: { SQLiteStore.systemClock() })
    let day = CalendarDate(year: 2026, month: 3, day: 2)
    func count(_ filter: ClaimFilter) async throws -> Int {
      try await store.read { try $0.count(matching: filter, upTo: 9) }
    }
    #expect(try await count(ClaimFilter(status: .suspended, memberID: MemberID("m1"), receivedFrom: day)) == 1)
    #expect(try await count(ClaimFilter(serviceThrough: .openEnd)) == 0)
    #expect(try await count(ClaimFilter(provider: ProviderReference("1234567893"))) == 0)
    let found = try await store.read { try $0.claims(matching: ClaimFilter(), after: nil, limit: 9).rows }
    #expect(found.map(\.care) == [ClaimCare(provider: nil, days: nil)])
  }

  @Test(
    "include those that were decided before marks were kept, by their procedures", arguments: StoreKind.allCases)
  func decidedBefore(kind: StoreKind) async throws {
    let place = try await StorePlace.old(kind, in: folder.path, steps: 9)
    let no = kind == .sqlite ? "0" : "FALSE"
    try await place.run(
      """
      INSERT INTO claims (claim_intake_id, claim_number, payer_id, member_id, received_on, ruleset, charge_cents, status,
        intake_key, version, adjudication_id, allowed_cents, member_cents, paid_cents)
      VALUES ('CLM-1', 'A-1', 'P', 'M1', '2026-03-02', 'r', 100, 'paid', 'idemp:intake:1', 1, 'ADJ-1', 100, 0, 100);
      INSERT INTO decisions (adjudication_id, claim_intake_id, effect_key, ruleset, charge_cents, allowed_cents, paid_cents,
        adjusted_cents, member_cents)
      VALUES ('ADJ-1', 'CLM-1', 'idemp:adj:1', 'r', 100, 100, 100, 0, 0);
      INSERT INTO decision_lines (adjudication_id, number, claim_intake_id, code, charge_cents, allowed_cents, paid_cents,
        adjusted_cents, member_cents, denied, signature, near_signature, care_day)
      VALUES ('ADJ-1', 1, 'CLM-1', '99213', 50, 50, 50, 0, 0, \(no), 's', '', ''),
        ('ADJ-1', 2, 'CLM-1', '99213', 50, 50, 50, 0, 0, \(no), 't', '', '')
      """)
    let store = try await place.open(clock: { SQLiteStore.systemClock() })
    for (procedure, count) in [("99213", 1), ("99214", 0)] {
      let filter = ClaimFilter(procedure: try ClaimMark(.procedure, named: procedure))
      #expect(try await store.read { try $0.count(matching: filter, upTo: 9) } == count)
    }
  }

  @Test(
    "are found by no reason that explains a part of most payments",
    arguments: ["payee-on-hold", "CO-45", "PR-1", "oa-23", "45", ""])
  func usualReason(_ text: String) {
    #expect(throws: UnmarkedCode.self) { try ClaimMark(.reason, named: text) }
  }

  @Test("of one name are asked for by one text, since a server prepares each text under its name")
  func names() {
    var random = SeededGenerator(seed: 6)
    var texts: [String: String] = [:]
    for number in 0..<3_000 {
      let cursor = number.isMultiple(of: 2) ? nil : ClaimCursor(at: SampleSearch.claim(number, &random).row)
      let search = ClaimSearch(SampleSearch.filter(&random), after: cursor)
      for statement in [search.page(limit: number).statement, search.count(limit: number).statement] {
        let known = texts.updateValue(statement.postgres, forKey: statement.name)
        #expect(known == nil || known == statement.postgres)
      }
    }
    #expect(texts.count > 200)
  }
}

@Suite("A cursor")
struct ClaimCursorTests {
  @Test("is read back from its text, which fits into a URL", arguments: ["CLM-1", "CLM-é漢字", "?>~ö&="])
  func text(id: String) throws {
    var row = SampleRecord.claim(id).row
    row.receivedOn = try #require(CalendarDate(year: 2026, month: 3, day: 9))
    let cursor = ClaimCursor(at: row)
    #expect(try ClaimCursor(parsing: cursor.text) == cursor)
    #expect(cursor.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
  }

  /// The last ones decode to something, but not to a place, or not as this program writes it.
  @Test(
    "that was made up or changed is refused",
    arguments: [
      "", "x", "!", "MjAyNi0wMy0wOSBDTE0tM", "MjAyNi0wMy0wOSBDTE0tMQ==", "MjAyNi0wMy0wOSBDTE0tMR", "MjAyNi0wMy0wOSA",
      "MjAyNi0xMy0wOSBDTE0tMQ", "MjAyNjAzMDkgQ0xNLTE", "MjAyNi0wMy0wOSBDTE0tMQA", "MjAyNi0wMy0wOSAb", "_____w",
      String(repeating: "MjAy", count: 1_000),
    ])
  func madeUp(text: String) { #expect(throws: UnreadableCursor()) { try ClaimCursor(parsing: text) } }
}

extension StoredClaim {
  fileprivate var found: FoundClaim { FoundClaim(row: row, care: care) }

  fileprivate func isAfter(_ cursor: ClaimCursor) -> Bool {
    (row.receivedOn, row.id) < (cursor.receivedOn, cursor.id)
  }
}

extension [StoredClaim] {
  /// The newest first, then by ID, descending.
  fileprivate var inOrder: [StoredClaim] { sorted { ($0.row.receivedOn, $0.row.id) > ($1.row.receivedOn, $1.row.id) } }
}

extension ClaimTransaction {
  fileprivate func insertMarked(_ claims: [StoredClaim]) throws {
    try insert(claims)
    // What is noted again is noted once.
    for _ in 1...2 { try mark(claims.map { MarkedClaim($0.row, SampleSearch.marks(of: $0)) }) }
  }
}
