import ClaimPipeline
import ClaimStore
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

@Suite("The number of claims that a queue accepts: ConformanceTests", .serialized)
struct QueueLimitTests {
  @Test(
    "is limited; claims are accepted in their order, and claims already queued need no room",
    arguments: StoreUnderTest.all)
  func full(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let submissions = [
      (1...8, QueueSubmission(queued: 8)),
      (6...15, QueueSubmission(queued: 2, alreadyThere: 3, withoutRoom: 5)),
      (1...10, QueueSubmission(alreadyThere: 10)),
      (9...12, QueueSubmission(alreadyThere: 2, withoutRoom: 2)),
      // Claims after the first one without room are not checked.
      (10...11, QueueSubmission(alreadyThere: 1, withoutRoom: 1)),
    ]
    for (range, expected) in submissions {
      #expect(try await store.transaction { try $0.submit(SampleQueue.claims(range), limit: 10) } == expected)
    }
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(waiting: 10))
    #expect(try await SampleQueue.lease(100, from: store).map(\.place) == (1...10).map { "segment \($0)" })
  }

  @Test("claims that are finished or set aside make room, and leased claims do not", arguments: StoreUnderTest.all)
  func room(under test: StoreUnderTest) async throws {
    let clock = ManualClock()
    let store = try await test.open(clock: clock)
    let submitted = try await store.transaction { try $0.submit(SampleQueue.claims(1...10), limit: 10) }
    #expect(submitted.queued == 10)
    let leases = try await SampleQueue.lease(6, from: store).map(\.lease)
    let more = SampleQueue.claims(11...20)
    #expect(try await store.transaction { try $0.submit(more, limit: 10) }.queued == 0)
    try await store.transaction { transaction in
      _ = try transaction.finish(Array(leases[0..<3]))
      try transaction.setAside([(leases[3], "it kills its workers")])
      try transaction.postpone([(leases[4], try transaction.now)])
    }
    clock.advance(by: .seconds(1))
    #expect(
      try await store.transaction { try $0.submit(more, limit: 10) } == QueueSubmission(queued: 4, withoutRoom: 6))
    // A person's decision overrides the limit.
    #expect(try await store.transaction { try $0.revive(leases[3].key, by: SignOff(by: "Kim", reason: "mended")) })
    _ = try await store.transaction { try $0.finish([leases[5]]) }
    clock.advance(by: .seconds(1))
    #expect(try await store.transaction { try $0.submit(more, limit: 10) }.queued == 0)
  }

  @Test("concurrent submitters fill the queue to its limit and no further", arguments: StoreUnderTest.all)
  func race(under test: StoreUnderTest) async throws {
    let store = try await test.open()
    let queued = try await withThrowingTaskGroup(of: Int.self) { group in
      for submitter in 1...8 {
        group.addTask {
          var queued = 0
          for batch in 0..<4 {
            let claims = SampleQueue.claims(batch * 10 + 1...batch * 10 + 10, of: "PAYER-\(submitter)")
            queued += try await store.transaction { try $0.submit(claims, limit: 155) }.queued
          }
          return queued
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(queued == 155)
    #expect(try await store.read { try $0.queueCounts() } == QueueCounts(waiting: 155))
  }

  @Test(
    "the queue is not counted while there is room, and only once per interval when there is none",
    arguments: StoreUnderTest.all)
  func counted(under test: StoreUnderTest) async throws {
    let (clock, calls) = (ManualClock(), CallCount())
    let store = try await test.place().open(clock: clock, probe: calls.probe)
    for batch in 0..<20 {
      let claims = SampleQueue.claims(batch * 50 + 1...batch * 50 + 50)
      #expect(try await store.transaction { try $0.submit(claims, limit: 1_000) }.queued == 50)
    }
    #expect(calls.of("queue.count") == 0)
    let more = SampleQueue.claims(1_001...1_020)
    for _ in 1...20 { #expect(try await store.transaction { try $0.submit(more, limit: 1_000) }.queued == 0) }
    #expect(calls.of("queue.count") == 1)
    let leases = try await SampleQueue.lease(15, from: store).map(\.lease)
    _ = try await store.transaction { try $0.finish(leases) }
    clock.advance(by: .milliseconds(9))
    #expect(
      try await store.transaction { try $0.submit(more, limit: 1_000) }.queued == 0, "the last count still applies")
    clock.advance(by: .milliseconds(1))
    #expect(try await store.transaction { try $0.submit(more, limit: 1_000) }.queued == 15)
    #expect(calls.of("queue.count") == 2)
  }
}
