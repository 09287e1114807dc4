import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite("Each row of a list is on one page, in order, whatever the size of the pages", .serialized)
struct ListPageTests {
  private static var someone: SignOff {
    get throws { try SignOff(by: "pat", reason: "looked into") }
  }

  /// Reads a list page by page.
  ///
  /// - Parameter page: returns the rows after one, one more than the page has.
  private static func all<Row: Sendable>(
    _ limit: Int, _ page: (_ after: Row?) async throws -> [Row]
  ) async throws -> [Row] {
    var (rows, last): ([Row], Row?) = ([], nil)
    repeat {
      let found = ListPage(try await page(last), limit: limit)
      #expect(found.rows.count <= limit && (last == nil || !found.rows.isEmpty))
      rows += found.rows
      last = found.last
    } while last != nil
    return rows
  }

  @Test("payees on hold, by name", arguments: StoreUnderTest.direct, [1, 3, 7, 8])
  func holds(under test: StoreUnderTest, limit: Int) async throws {
    let store = try await test.open()
    let payees = ["1234567893", "123456789", "Émile", "Zoë", "a", "B", "é"]
    for payee in payees { _ = try await store.transaction { try $0.hold(payee, by: Self.someone) } }
    let found = try await Self.all(limit) { (last: PayeeHold?) in
      try await store.read { try $0.payeesOnHold(after: last?.payee, limit: limit + 1) }
    }
    #expect(found.map(\.payee) == payees.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test(
    "claims that were set aside, also when the last of a page has left", arguments: StoreUnderTest.direct, [1, 3, 9])
  func deadLetters(under test: StoreUnderTest, limit: Int) async throws {
    let clock = ManualClock()
    let store = try await test.open(clock: clock)
    for first in [1, 4, 7] {
      _ = try await store.transaction { try $0.submit(SampleQueue.claims(first...(first + 2))) }
      clock.advance(by: .seconds(1))
    }
    let leased = try await SampleQueue.lease(9, from: store)
    try await store.transaction { try $0.setAside(leased.map { ($0.lease, "it kills its workers") }) }
    let found = try await Self.all(limit) { (last: DeadLetter?) in
      if let last { _ = try await store.transaction { try $0.revive(last.key, by: Self.someone) } }
      let place = try last.map { try ListPlace(parsing: ListPlace(at: $0).text) }
      return try await store.read { try $0.deadLetters(after: place, limit: limit + 1) }
    }
    #expect(found.map(\.key) == SampleQueue.claims(1...9).map(\.key))
  }

  @Test("proposals, also when the last of a page was closed", arguments: StoreUnderTest.direct, [1, 2, 5])
  func proposals(under test: StoreUnderTest, limit: Int) async throws {
    let store = try await test.open()
    let claims = (1...5).map { SampleRecord.claim("CLM-\($0)") }
    try await store.transaction { transaction in
      try transaction.insert(claims)
      // Two at one instant, and one before them that is proposed last.
      for (claim, at) in zip(claims, [20, 20, 30, 40, 10]) {
        _ = try transaction.propose(
          ProposedAct(
            claim: claim.row.id, act: "release", waived: [], body: Array("{}".utf8), moves: Money(cents: 100),
            by: Self.someone, at: Timestamp(microseconds: Int64(at))))
      }
    }
    let found = try await Self.all(limit) { (last: ProposedAct?) in
      if let last { try await store.transaction { try $0.close(last, as: .declined, by: Self.someone) } }
      let place = try last.map { try ListPlace(parsing: ListPlace(at: $0).text) }
      return try await store.read { try $0.openProposals(after: place, limit: limit + 1) }
    }
    #expect(found.map(\.claim.text) == ["CLM-5", "CLM-1", "CLM-2", "CLM-3", "CLM-4"])
  }

  @Test("keys, live and archived, the newest first", arguments: StoreUnderTest.direct, [1, 2, 5, 9, 10])
  func keys(under test: StoreUnderTest, limit: Int) async throws {
    let store = try await test.open()
    // Three keys at each instant: those of one transaction.
    let records = (1...9).map { SampleRecord.completed("idemp:pay:\($0)", createdAt: Int64(($0 - 1) / 3)) }
    try await store.transaction { try $0.insert(Array(records.prefix(4))) }
    #expect(try await store.transaction { try $0.archive(expiredBefore: $0.now, limit: 9) } == 4)
    try await store.transaction { try $0.insert(Array(records.dropFirst(4))) }
    let found = try await Self.all(limit) { (last: KeyRecord?) in
      try await store.read {
        try $0.keys(status: .completed, effect: "pay", before: last, limit: limit + 1).reversed()
      }
    }
    #expect(found.map(\.key) == records.reversed().map(\.key))
  }
}

@Suite("A place in a list")
struct ListPlaceTests {
  private static func letter(_ key: String) -> DeadLetter {
    DeadLetter(
      key: KeyText(key), payerID: PayerID("P"), reason: "x", attempts: 5, submittedAt: Timestamp(microseconds: -7))
  }

  @Test("is read back from its text, which fits into a URL", arguments: ["idemp:intake:P:A 1:é", "?>~ö&="])
  func text(key: String) throws {
    let place = ListPlace(at: Self.letter(key))
    #expect(try ListPlace(parsing: place.text) == place)
    #expect(place.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
  }

  /// The last ones decode to something, but not to a place, or not as this program writes it.
  @Test(
    "that was made up or changed is refused",
    arguments: [
      "", "x", "!", "MTAwIENMTS0x=", "MTAw", "IENMTS0x", "MTAwIA", "MDEwMCBDTE0tMQ", "KzEwMCBDTE0tMQ", "MTAwIENMTS0xAA",
      "_____w", String(repeating: "MTAw", count: 1_000),
    ])
  func madeUp(text: String) { #expect(throws: UnreadableCursor.self) { try ListPlace(parsing: text) } }
}
