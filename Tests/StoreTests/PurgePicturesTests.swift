import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Testing

@Suite(
  "The pictures of an accepted form leave once its claim is closed and old, and all else of the form stays",
  .serialized)
struct PurgePicturesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static var someone: SignOff {
    get throws { try SignOff(by: "operator", reason: "retention schedule 2026") }
  }

  private static let day = CalendarDate(year: 2026, month: 3, day: 2) ?? .openEnd

  private static func form(_ name: String) -> FormRow {
    FormRow(
      digest: ContentDigest.sha256(name.utf8), kind: "cms1500", source: "\(name).pdf", receivedOn: day,
      receivedAt: Timestamp(microseconds: 1), reading: Array("{}".utf8), doubts: 0)
  }

  private static func pages(_ count: Int) -> [FormPageImage] {
    (1...count).map {
      FormPageImage(page: $0, width: 612_000, height: 792_000, pixelsPerInch: 300, image: [0x89, 0x50])
    }
  }

  private static func claim(_ name: String, _ status: ClaimStatus) -> StoredClaim {
    var claim = SampleRecord.claim("CLM-\(name)")
    claim.row.status = status
    if [.adjudicated, .paid, .denied].contains(status) {
      claim.row.adjudicationID = AdjudicationID("ADJ-\(name)")
      claim.row.amounts = DecidedAmounts(allowed: .zero, memberResponsibility: .zero, planPaid: .zero)
    }
    return claim
  }

  /// An accepted form for each status of its claim, one of them with two pages; one that waits; and one that was discarded.
  private static func keep(in store: ClaimStore) async throws {
    try await store.transaction { transaction in
      for status in ClaimStatus.allCases {
        let (form, claim) = (form(status.rawValue), claim(status.rawValue, status))
        try transaction.insert([claim])
        _ = try transaction.keep(form, pages: pages(status == .paid ? 2 : 1))
        let act = FormAct(.accept, by: try someone, at: try transaction.now)
        try transaction.replace(form.ended(.accepted(claim.row.id)), by: act)
      }
      _ = try transaction.keep(form("waiting"), pages: pages(1))
      _ = try transaction.keep(form("discarded"), pages: pages(1))
      try transaction.replace(
        form("discarded").ended(.discarded), by: FormAct(.discard, by: try someone, at: try transaction.now))
    }
  }

  private static let closed: Set = ["paid", "denied", "replaced"]

  /// The names of the forms whose pictures are here.
  private static func pictured(in store: ClaimStore) async throws -> Set<String> {
    let names = ClaimStatus.allCases.map(\.rawValue) + ["waiting", "discarded"]
    return try await store.read { transaction in
      Set(try names.filter { try !transaction.pages(ofForm: form($0).id).isEmpty })
    }
  }

  @Test("only those of closed claims, and only after the schedule's days", arguments: StoreUnderTest.direct)
  func purge(under test: StoreUnderTest) async throws {
    let clock = ManualClock()
    let store = try await test.open(clock: clock)
    try await Self.keep(in: store)
    let before = try await Self.pictured(in: store)
    let desk = try PurgeDesk(store, olderThanDays: 30)
    clock.advance(by: .seconds(29 * 86_400))
    #expect(try await desk.purge(by: Self.someone).allSatisfy { $0.count == 0 && $0.left == 0 })
    #expect(try await Self.pictured(in: store) == before)

    clock.advance(by: .seconds(2 * 86_400))
    #expect(try await desk.preview().last == Purged(kind: .pictures, count: 0, left: 3))
    #expect(try await Self.pictured(in: store) == before, "a preview deletes nothing")
    #expect(try await desk.purge(by: Self.someone).last == Purged(kind: .pictures, count: 3, left: 0))
    #expect(try await Self.pictured(in: store) == before.subtracting(Self.closed))
    let ids = Self.closed.map { Self.form($0).id }
    let (gone, acts, rows, reasons) = try await store.read { transaction in
      (
        try transaction.pagesGone(ofForms: ids), try transaction.acts(onForms: ids),
        try ids.compactMap { try transaction.form($0) }, try transaction.latest(act: "purge", limit: 9).map(\.reason)
      )
    }
    #expect(gone == [Self.form("paid").id: 2, Self.form("denied").id: 1, Self.form("replaced").id: 1])
    #expect(acts.count == 3 && rows.count == 3 && rows.allSatisfy { $0.state.claim != nil }, "the record stays")
    #expect(reasons == ["retention schedule 2026"])
    let again = try await store.transaction { try $0.keep(Self.form("paid"), pages: Self.pages(1)) }
    #expect(!again.isNew, "the same paper is still the same form")
    #expect(try await desk.purge(by: Self.someone).allSatisfy { $0.count == 0 && $0.left == 0 })
  }

  @Test("two purges at once remove them once", arguments: StoreUnderTest.direct)
  func race(under test: StoreUnderTest) async throws {
    let clock = ManualClock()
    let store = try await test.open(clock: clock)
    try await Self.keep(in: store)
    clock.advance(by: .seconds(40 * 86_400))
    let cutoff = clock.now.adding(.seconds(-30 * 86_400))
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 1...6 {
        group.addTask { try await store.transaction { try $0.purge(.pictures, before: cutoff, limit: 2) } }
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(counts.reduce(0, +) == 3, "\(counts)")
  }

  @Test(
    "the database itself refuses the loss of evidence that somebody may still need", arguments: StoreKind.allCases,
    [
      "DELETE FROM form_pages", "INSERT INTO form_pages_gone VALUES ('\(form("suspended").id)', 1, 1)",
      "INSERT INTO form_pages_gone VALUES ('\(form("received").id)', 1, 1)",
      "INSERT INTO form_pages_gone VALUES ('\(form("waiting").id)', 1, 1)",
      "INSERT INTO form_pages_gone VALUES ('\(form("paid").id)', 1, 1)",
      "UPDATE form_pages_gone SET pages = 9", "DELETE FROM form_pages_gone",
      "INSERT INTO form_pages SELECT '\(form("denied").id)', page, width, height, pixels_per_inch, image FROM form_pages LIMIT 1",
    ])
  func protected(on kind: StoreKind, sql: String) async throws {
    let place = try StorePlace(kind, in: folder.path)
    let clock = ManualClock()
    let store = try await place.open(clock: { clock.now })
    try await Self.keep(in: store)
    try await place.run(
      """
      INSERT INTO form_pages_gone VALUES ('\(Self.form("denied").id)', 1, 1);
      DELETE FROM form_pages WHERE draft_id = '\(Self.form("denied").id)'
      """)
    let before = try await Self.pictured(in: store)
    await #expect(throws: (any Error).self) { try await place.run(sql) }
    #expect(try await Self.pictured(in: store) == before)
  }
}
