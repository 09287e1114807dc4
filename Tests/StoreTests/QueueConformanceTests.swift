import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import Testing

@Suite("What every queue promises: ConformanceTests", .serialized)
struct QueueConformanceTests {
  @Test("a claim is queued once, however often it is submitted", arguments: StoreUnderTest.all)
  func once(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let counts = try await [1...3, 2...5, 1...5].asyncMap { range in
      try await store.transaction { try $0.submit(SampleQueue.claims(range)) }
    }
    #expect(counts == [3, 2, 0])
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(waiting: 5))
  }

  @Test(
    "a claim is returned as it was submitted, however often it is leased, and is removed completely",
    arguments: StoreUnderTest.all)
  func asSubmitted(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    var claim = SampleQueue.claims(1...1)[0]
    (claim.body, claim.place) = (Array(#"{"charge":"180.00"}"#.utf8), "segment 195")
    claim.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let submitted = claim
    _ = try await store.transaction { try $0.submit([submitted, submitted]) }
    for attempt in 1...3 {
      let leased = try await SampleQueue.lease(1, from: store, for: .zero)
      #expect(
        leased == [
          LeasedClaim(
            lease: QueueLease(key: claim.key, epoch: Epoch(Int64(attempt))), receivedOn: claim.receivedOn,
            body: claim.body, source: claim.source, place: claim.place, traceparent: claim.traceparent,
            attempts: attempt)
        ])
    }
    let last = try await SampleQueue.lease(1, from: store).map(\.lease)
    _ = try await store.transaction { try $0.renew(last, until: $0.now.adding(.seconds(600))) }
    #expect(try await store.transaction { try $0.finish(last) } == [claim.key])
    #expect(try await store.transaction { try $0.submit([submitted]) } == 1, "the finished claim left nothing behind")
  }

  @Test("a payer with few claims is served in between those of a payer with many", arguments: StoreUnderTest.all)
  func fairness(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...100, of: "MANY")) }
    let first = try await SampleQueue.lease(10, from: store)
    #expect(first.map(\.place) == (1...10).map { "segment \($0)" })
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...5, of: "FEW")) }
    let next = try await SampleQueue.lease(10, from: store)
    #expect(
      next.count { $0.lease.key.text.contains("FEW") } == 5,
      "the few claims wait behind ninety others: \(next.map(\.lease.key))")
    #expect(next.count { $0.lease.key.text.contains("MANY") } == 5)
  }

  @Test("a payer that has been served a lot before does not wait for a new payer", arguments: StoreUnderTest.all)
  func noCredit(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...50, of: "OLD")) }
    let served = try await SampleQueue.lease(50, from: store).map(\.lease)
    _ = try await store.transaction { try $0.finish(served) }
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...20, of: "NEW")) }
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(51...70, of: "OLD")) }
    let next = try await SampleQueue.lease(10, from: store)
    #expect(next.count { $0.lease.key.text.contains("OLD") } == 5)
  }

  @Test("submitting claims that are already queued costs a payer no turns", arguments: StoreUnderTest.all)
  func noTurnsTwice(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    for _ in 1...3 { _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...50, of: "TWICE")) } }
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(51...60, of: "TWICE")) }
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...100, of: "ONCE")) }
    let next = try await SampleQueue.lease(120, from: store)
    #expect(next.count { $0.lease.key.text.contains("TWICE") } == 60)
  }

  @Test("a higher priority goes first, whatever the payer and the order", arguments: StoreUnderTest.all)
  func priority(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...3)) }
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(4...6, of: "B", priority: 5)) }
    let places = try await SampleQueue.lease(4, from: store).map(\.place)
    #expect(places.contains("segment 4") && places.contains("segment 5") && places.contains("segment 6"))
  }

  @Test(
    "a lease belongs to one worker; after it ends the claim is leased again, and the late worker changes nothing",
    arguments: StoreUnderTest.all)
  func leases(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...2)) }
    let late = try await SampleQueue.lease(1, from: store, for: .zero).map(\.lease)
    let held = try await SampleQueue.lease(1, from: store)
    #expect(try await SampleQueue.lease(5, from: store).count == 1, "the first lease has ended; the second is held")
    #expect(try await store.transaction { try $0.finish(late) }.isEmpty)
    #expect(try await store.transaction { try $0.renew(late, until: .init(microseconds: .max)) }.isEmpty)
    try await store.transaction { transaction in
      try transaction.postpone(late.map { ($0, try transaction.now) })
      try transaction.setAside(late.map { ($0, "late") })
    }
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(leased: 2))
    let finished = try await store.transaction { try $0.finish(held.map(\.lease)) }
    #expect(finished == Set(held.map(\.lease.key)))
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(leased: 1))
  }

  @Test(
    "an attempt counts if a worker died with the claim, and not if the claim was put back",
    arguments: StoreUnderTest.all)
  func attempts(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...1)) }
    for expected in [1, 2, 3] {
      let leased = try await SampleQueue.lease(1, from: store, for: .zero)
      #expect(leased.map(\.attempts) == [expected])
    }
    let leased = try await SampleQueue.lease(1, from: store)
    try await store.transaction { transaction in
      try transaction.postpone(leased.map { ($0.lease, try transaction.now) })
    }
    #expect(try await SampleQueue.lease(1, from: store).map(\.attempts) == [4])
  }

  @Test("a claim with which a worker has died is leased alone", arguments: StoreUnderTest.all)
  func suspects(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...3)) }
    #expect(try await SampleQueue.lease(3, from: store, for: .zero).count == 3)
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(4...6)) }
    var sizes: [Int] = []
    while case let leased = try await SampleQueue.lease(10, from: store), !leased.isEmpty { sizes.append(leased.count) }
    #expect(sizes == [1, 1, 1, 3])
  }

  @Test("a postponed claim is not leased before its time", arguments: StoreUnderTest.all)
  func postponed(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...1)) }
    let leased = try await SampleQueue.lease(1, from: store)
    try await store.transaction { transaction in
      try transaction.postpone(leased.map { ($0.lease, try transaction.now.adding(.seconds(3_600))) })
    }
    #expect(try await SampleQueue.lease(1, from: store).isEmpty)
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(waiting: 1))
  }

  @Test(
    "a claim that was set aside is leased again only after a person revives it", arguments: StoreUnderTest.all)
  func deadLetters(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...1)) }
    let leased = try await SampleQueue.lease(1, from: store)
    try await store.transaction { try $0.setAside(leased.map { ($0.lease, "it kills its workers") }) }
    #expect(try await SampleQueue.lease(1, from: store).isEmpty)
    let letters = try await store.read { try $0.deadLetters(after: nil, limit: 10) }
    #expect(letters.map(\.reason) == ["it kills its workers"])
    let key = try #require(leased.first?.lease.key)
    let again = try await store.transaction { try $0.submit(SampleQueue.claims(1...1)) }
    #expect(again == 0, "submitting the claim again does not revive it")
    #expect(try await store.transaction { try $0.revive(key, by: SignOff(by: "Kim", reason: "mended")) })
    #expect(try await store.transaction { try $0.revive(key, by: SignOff(by: "Kim", reason: "mended")) } == false)
    #expect(try await SampleQueue.lease(1, from: store).map(\.attempts) == [1])
  }

  @Test("concurrent workers get each claim once", arguments: StoreUnderTest.all)
  func noneTwice(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    _ = try await store.transaction { try $0.submit(SampleQueue.claims(1...200)) }
    let keys = try await withThrowingTaskGroup(of: [KeyText].self) { group in
      for _ in 1...8 {
        group.addTask {
          var mine: [KeyText] = []
          while true {
            let leased = try await SampleQueue.lease(7, from: store)
            if leased.isEmpty { return mine }
            mine += leased.map(\.lease.key)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(keys.count == 200 && Set(keys).count == 200)
  }
}

extension Sequence where Self: Sendable, Element: Sendable {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
