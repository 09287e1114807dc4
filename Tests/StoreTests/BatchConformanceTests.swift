import ClaimStore
import ClaimsDomain
import DurableExecution
import Testing

@Suite("What batches promise: ConformanceTests")
struct BatchConformanceTests {
  private static func batch(_ content: String, from sender: String = "clinic") -> SubmittedBatch {
    SubmittedBatch(from: sender, contentDigest: ContentDigest.sha256(content.utf8))
  }

  private static func keys(_ numbers: ClosedRange<Int>) -> [KeyText] { SampleQueue.claims(numbers).map(\.key) }

  @Test("the ID is that of the content and the sender, and nothing else")
  func identity() {
    #expect(Self.batch("a").id == Self.batch("a").id)
    #expect(Set([Self.batch("a"), Self.batch("b"), Self.batch("a", from: "other")].map(\.id)).count == 3)
    // The sender cannot move into the content.
    #expect(
      SubmittedBatch(from: "a:b", contentDigest: "c").id != SubmittedBatch(from: "a", contentDigest: "b:c").id)
  }

  @Test("a claim is in a batch once, however often it is submitted", arguments: StoreUnderTest.direct)
  func once(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let submitted = Self.batch("a")
    for range in [1...3, 2...5, 1...5] {
      try await store.transaction { transaction in
        try transaction.open(submitted)
        try transaction.add(Self.keys(range), to: submitted.id)
      }
    }
    let batch = try #require(try await store.read { try $0.batch(submitted.id) })
    #expect(batch.claims == 5 && !batch.isWhole && batch.sender == "clinic")
  }

  @Test(
    "each claim is counted once, by where it is; the rest of the queue is not counted",
    arguments: StoreUnderTest.direct)
  func progress(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let submitted = Self.batch("a")
    try await store.transaction { transaction in
      try transaction.open(submitted)
      _ = try transaction.submit(SampleQueue.claims(1...6))
      try transaction.add(Self.keys(1...6), to: submitted.id)
      _ = try transaction.submit(SampleQueue.claims(1...20, of: "OTHER"))
      try transaction.note(submitted.id, unreadable: 2, isWhole: false)
    }
    func look() async throws -> BatchProgress {
      try await store.read { try $0.progress(of: #require(try $0.batch(submitted.id))) }
    }
    #expect(try await look() == BatchProgress([.waiting: 6, .rejected: 2], isWhole: false))

    let leased = try await SampleQueue.lease(26, from: store).map(\.lease)
      .filter { !$0.key.text.contains("OTHER") }
    #expect(try await look() == BatchProgress([.inWork: 6, .rejected: 2], isWhole: false))
    try await store.transaction { transaction in
      try transaction.setAside([(leased[0], "too many workers died at it")])
      try transaction.postpone([(leased[1], try transaction.now)])
      // A claim that intake refuses leaves the queue, and no claim remains.
      _ = try transaction.finish([leased[2]])
    }
    let counts: [BatchStanding: Int] = [.deadLetter: 1, .waiting: 1, .rejected: 3, .inWork: 3]
    #expect(try await look() == BatchProgress(counts, isWhole: false))
    #expect(try await store.read { try $0.openClaims(of: [submitted.id]) } == [submitted.id: 4])
  }

  @Test("a batch is done when it is whole and no claim is left to a worker", arguments: StoreUnderTest.direct)
  func done(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let submitted = Self.batch("a")
    try await store.transaction { transaction in
      try transaction.open(submitted)
      try transaction.note(submitted.id, unreadable: 3, isWhole: false)
    }
    func look() async throws -> BatchProgress {
      try await store.read { try $0.progress(of: #require(try $0.batch(submitted.id))) }
    }
    #expect(try await !look().isDone)
    try await store.transaction { try $0.note(submitted.id, unreadable: 3, isWhole: true) }
    #expect(try await look().isDone)
    // A repeat that is cut short takes nothing back.
    try await store.transaction { transaction in
      try transaction.open(submitted)
      try transaction.note(submitted.id, unreadable: 1, isWhole: false)
    }
    #expect(try await look() == BatchProgress([.rejected: 3], isWhole: true))
  }

  @Test("pages go from the newest to the oldest, each batch once, also of one sender", arguments: StoreUnderTest.direct)
  func pages(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let submitted = (1...7).map { Self.batch("\($0)", from: $0.isMultiple(of: 2) ? "even" : "odd") }
    for batch in submitted { try await store.transaction { try $0.open(batch) } }
    for sender in [nil, "even"] {
      let wanted = submitted.filter { sender == nil || $0.sender == sender }
      var found: [BatchRow] = []
      repeat {
        let last = found.last
        let page = try await store.read { try $0.batches(of: sender, after: last, limit: 2) }
        guard !page.isEmpty else { break }
        found += page
      } while true
      #expect(Set(found.map(\.id)) == Set(wanted.map(\.id)) && found.count == wanted.count)
      #expect(found.map(\.submittedAt) == found.map(\.submittedAt).sorted(by: >))
    }
  }
}
