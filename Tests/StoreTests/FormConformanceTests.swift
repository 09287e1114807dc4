import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("What paper forms on record promise: ConformanceTests")
struct FormConformanceTests {
  private static let day = CalendarDate(year: 2026, month: 3, day: 2) ?? .openEnd

  private static func form(_ content: String, at microseconds: Int64 = 1, doubts: Int = 1) -> FormRow {
    FormRow(
      digest: ContentDigest.sha256(content.utf8), kind: "cms1500", source: "scans/\(content).pdf", receivedOn: day,
      receivedAt: Timestamp(microseconds: microseconds), reading: Array(#"{"read":"\#(content)"}"#.utf8), doubts: doubts
    )
  }

  private static func page(_ number: Int = 1) -> FormPageImage {
    FormPageImage(
      page: number, width: 612_000, height: 792_000, pixelsPerInch: 300, image: [0x89, 0x50, UInt8(number)])
  }

  private static func act(_ kind: FormAct.Kind) throws -> FormAct {
    FormAct(kind, by: try SignOff(by: "pat", reason: "the picture"), at: Timestamp(microseconds: 5))
  }

  private static func correction(of form: FormRow, doubts: Int = 0) throws -> (form: FormRow, act: FormAct) {
    (
      form.corrected(Array(#"{"read":"other"}"#.utf8), doubts: doubts),
      try act(.correct(field: "24F.1", was: nil, becomes: "145.00"))
    )
  }

  @Test("the same pages are kept once, as they first came", arguments: StoreUnderTest.direct)
  func once(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let first = Self.form("a")
    let again = FormRow(
      digest: first.digest, kind: "cms1500", source: "other.pdf", receivedOn: Self.day,
      receivedAt: Timestamp(microseconds: 9), reading: Array("{}".utf8), doubts: 3)
    let kept = try await store.transaction { try $0.keep(first, pages: [Self.page(), Self.page(2)]) }
    let found = try await store.transaction { try $0.keep(again, pages: [Self.page(3)]) }
    #expect(kept.isNew && kept.form == first)
    #expect(!found.isNew && found.form == first)
    let pages = try await store.read { try $0.pages(ofForm: first.id) }
    #expect(pages == [Self.page(), Self.page(2)])
    #expect(try await store.read { try $0.page(2, ofForm: first.id) } == Self.page(2))
    #expect(try await store.read { try $0.page(3, ofForm: first.id) } == nil)
  }

  @Test("of two that keep the same pages at once, one is the first", arguments: StoreUnderTest.direct)
  func race(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 1...8 {
        group.addTask { try await store.transaction { try $0.keep(Self.form("a"), pages: [Self.page()]).isNew } }
      }
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(kept.filter(\.self).count == 1)
    #expect(try await store.read { try $0.formCounts() } == [.waiting: 1])
  }

  @Test("forms are paged in the order in which they came, by where they stand", arguments: StoreUnderTest.direct)
  func pages(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let forms = [Self.form("c", at: 1), Self.form("a", at: 2), Self.form("b", at: 3)]
    try await store.transaction { transaction in
      for form in forms.reversed() { _ = try transaction.keep(form, pages: [Self.page()]) }
      try transaction.replace(forms[1].ended(.discarded), by: Self.act(.discard))
    }
    let (waiting, next, all) = try await store.read { transaction in
      let waiting = try transaction.forms(in: .waiting, after: nil, limit: 1)
      return (
        waiting, try transaction.forms(in: .waiting, after: waiting.first, limit: 5),
        try transaction.forms(in: nil, after: nil, limit: 5)
      )
    }
    #expect(waiting == [forms[0]] && next == [forms[2]])
    #expect(all.map(\.id) == forms.map(\.id))
    #expect(try await store.read { try $0.formCounts() } == [.waiting: 2, .discarded: 1])
  }

  @Test("a change takes the version before it: of two at once, one stands", arguments: StoreUnderTest.direct)
  func versions(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let form = Self.form("a")
    _ = try await store.transaction { try $0.keep(form, pages: [Self.page()]) }
    let correction = try Self.correction(of: form)
    try await store.transaction { try $0.replace(correction.form, by: correction.act) }
    await #expect(throws: StoreFailure.stale("form \(form.id)")) {
      try await store.transaction { try $0.replace(correction.form, by: correction.act) }
    }
    let (found, acts) = try await store.read { (try $0.form(form.id), try $0.acts(onForms: [form.id])) }
    #expect(found == correction.form && acts[form.id] == [correction.act])
    #expect(found?.reading == form.reading, "what was read stays")
  }

  @Test("a discarded form loses its pictures, and is discarded for good", arguments: StoreUnderTest.direct)
  func discarded(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let form = Self.form("a")
    let ended = form.ended(.discarded)
    try await store.transaction { transaction in
      _ = try transaction.keep(form, pages: [Self.page()])
      try transaction.replace(ended, by: Self.act(.discard))
    }
    #expect(try await store.read { try $0.pages(ofForm: form.id) }.isEmpty)
    let correction = try Self.correction(of: ended)
    await #expect(throws: StoreFailure.stale("form \(form.id)")) {
      try await store.transaction { try $0.replace(correction.form, by: correction.act) }
    }
  }

  @Test("no form is accepted without its claim, or with a doubt", arguments: StoreUnderTest.direct)
  func acceptance(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let (sure, doubtful) = (Self.form("a", doubts: 0), Self.form("b", doubts: 2))
    try await store.transaction { transaction in
      for form in [sure, doubtful] { _ = try transaction.keep(form, pages: [Self.page()]) }
    }
    for form in [sure, doubtful] {
      await #expect(throws: StoreFailure.self) {
        try await store.transaction { transaction in
          try transaction.replace(form.ended(.accepted(ClaimIntakeID("CLM-0"))), by: Self.act(.accept))
        }
      }
    }
    #expect(try await store.read { try $0.formCounts() } == [.waiting: 2])
  }

  @Test(
    "the database itself keeps what was read, the pictures and the acts",
    arguments: StoreKind.allCases,
    [
      "UPDATE form_drafts SET reading = corrected, version = version + 1",
      "UPDATE form_drafts SET doubts = 0", "DELETE FROM form_drafts", "DELETE FROM form_pages",
      "UPDATE form_pages SET width = 1", "DELETE FROM form_acts", "UPDATE form_acts SET person = 'another'",
      "UPDATE form_drafts SET digest = '\(String(repeating: "0", count: 64))', version = version + 1",
    ])
  func protected(on kind: StoreKind, sql: String) async throws {
    let folder = try TemporaryFolder()
    let place = try StorePlace(kind, in: folder.path)
    let store = try await place.open(clock: { Timestamp(microseconds: 1) })
    let form = Self.form("a")
    let correction = try Self.correction(of: form, doubts: 2)
    try await store.transaction { transaction in
      _ = try transaction.keep(form, pages: [Self.page()])
      try transaction.replace(correction.form, by: correction.act)
    }
    await #expect(throws: (any Error).self) { try await place.run(sql) }
    #expect(try await store.read { try $0.form(form.id) } == correction.form)
  }
}
