import DurableTesting
import Foundation
import TestSupport
import Testing

@testable import DurableExecution

@Suite("The idempotency service", .postgres, .temporaryFolder)
struct KeyServiceTests {
  @Test("grants a new key under the first epoch, and nothing is on record before", arguments: ServiceStore.allCases)
  func fresh(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let request = try KeyRequest.sample()
    #expect(try await service.record(of: request.key) == nil)
    let record = try #require(try await service.acquire(request).acquired)
    #expect(record.epoch == .first && record.attempts == 1 && record.agent == request.agent)
    let end = bench.clock.now.adding(KeyRequest.lease)
    #expect(
      record.state == .pending(.init(owner: WorkerID("first"), expiresAt: end, length: KeyRequest.lease)))
    #expect(try await bench.service().record(of: request.key) == record)
  }

  @Test(
    "replays an outcome byte for byte in any process, with one event", arguments: ServiceStore.allCases, [false, true])
  func replay(on kind: ServiceStore, isRefusal: Bool) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let request = try KeyRequest.sample()
    let epoch = try #require(try await service.acquire(request).acquired).epoch
    let report =
      isRefusal
      ? try await service.fail(request.key, epoch: epoch, with: .sample)
      : try await service.complete(request.key, epoch: epoch, with: .sample)
    #expect(report == .accepted)
    for owner in ["first", "other"] {
      let record = try #require(try await bench.service().acquire(.sample(owner: owner)).replayed)
      #expect(record.response == .sample && record.status == (isRefusal ? .failed : .completed))
      #expect(try await service.record(of: request.key) == record)
    }
    let type = isRefusal ? "ship-refused" : "effect-completed"
    #expect(try await bench.events(of: request.key) == ["\(type) 1 idemp:ship:1 {}"])
  }

  @Test("refuses another request under the same key, and changes nothing", arguments: ServiceStore.allCases)
  func mismatch(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let (request, other) = (try KeyRequest.sample(), try KeyRequest.sample(body: "a crate"))
    let record = try #require(try await service.acquire(request).acquired)
    #expect(try await service.acquire(other) == .mismatch)
    #expect(try await service.record(of: request.key) == record)
    bench.clock.advance(by: KeyRequest.lease * 2)
    #expect(try await service.acquire(other) == .mismatch, "an ended lease does not permit it")
    #expect(try await service.complete(request.key, epoch: .first, with: .sample) == .accepted)
    let done = try await service.record(of: request.key)
    #expect(try await service.acquire(other) == .mismatch)
    #expect(try await service.record(of: request.key) == done)
  }

  @Test("has a caller wait for the end of a live lease, even the owner itself", arguments: ServiceStore.allCases)
  func inProgress(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let end = bench.clock.now.adding(KeyRequest.lease)
    _ = try await service.acquire(.sample())
    bench.clock.advance(by: KeyRequest.lease - .milliseconds(1))
    for owner in ["first", "other"] {
      #expect(try await service.acquire(.sample(owner: owner)) == .inProgress(until: end))
    }
  }

  @Test(
    "grants a key whose lease has ended under a greater epoch, and says that it is a takeover",
    arguments: ServiceStore.allCases)
  func takeover(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let first = try #require(try await service.acquire(.sample()).acquired)
    bench.clock.advance(by: KeyRequest.lease)
    let second = try #require(try await service.acquire(.sample(owner: "other")).acquired)
    #expect(second.epoch > first.epoch && second.attempts == 2)
    #expect(second.trackingID == first.trackingID, "the new owner asks for the same work")
  }

  @Test("grants one key to one of many concurrent callers", arguments: ServiceStore.allCases, [false, true])
  func race(on kind: ServiceStore, isTakeover: Bool) async throws {
    let bench = try ServiceBench(kind)
    if isTakeover {
      _ = try await bench.service().acquire(.sample(owner: "dead"))
      bench.clock.advance(by: KeyRequest.lease)
    }
    // Two processes, so that not all callers share commits.
    let services = [try await bench.service(), try await bench.service()]
    let answers = try await withThrowingTaskGroup(of: KeyAnswer.self) { group in
      for number in 1...20 {
        group.addTask { try await services[number % 2].acquire(.sample(owner: "\(number)")) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.compactMap(\.acquired).map(\.attempts) == [isTakeover ? 2 : 1])
    let end = bench.clock.now.adding(KeyRequest.lease)
    #expect(answers.count { $0 == .inProgress(until: end) } == 19)
  }

  /// Not in SQLite, where no other process writes between a transaction's read and its write.
  @Test(
    "answers a caller whose key another has taken over between its read and its write",
    arguments: [ServiceStore.postgres, .serializablePostgres])
  func overtaken(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let quick = try await bench.service()
    _ = try await quick.acquire(.sample(owner: "dead"))
    bench.clock.advance(by: KeyRequest.lease)
    let (reached, open) = (Door(), Door())
    let probe = StoreProbe(
      before: { call in
        guard call == .statement("keys.replace"), !reached.isOpen else { return }
        reached.open()
        while !open.isOpen { Thread.sleep(forTimeInterval: 0.002) }
      }, after: { _ in })
    let slow = KeyService(store: try await bench.store(probe))
    let late = Task { try await slow.acquire(.sample(owner: "late")) }
    while !reached.isOpen { try await Task.sleep(for: .milliseconds(2)) }
    #expect(try await quick.acquire(.sample(owner: "quick")).acquired?.attempts == 2)
    open.open()
    #expect(try await late.value == .inProgress(until: bench.clock.now.adding(KeyRequest.lease)))
  }

  @Test("answers for an archived key, which nobody acquires again", arguments: ServiceStore.allCases)
  func archived(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let request = try KeyRequest.sample(retention: .apiCall)
    _ = try await service.acquire(request)
    #expect(try await service.complete(request.key, epoch: .first, with: .sample) == .accepted)
    bench.clock.advance(by: .seconds(3_601))
    #expect(try await bench.archive() == 1)
    for _ in 1...2 {
      let record = try #require(try await service.acquire(request).replayed)
      #expect(record.isArchived && record.response == .sample)
    }
    #expect(try await service.acquire(.sample(body: "a crate", retention: .apiCall)) == .mismatch)
    #expect(try await service.complete(request.key, epoch: .first, with: .sample) == .accepted)
    #expect(try await service.complete(request.key, epoch: .first, with: .other) == .conflicting)
    #expect(try await service.abandon(request.key, epoch: .first) == .conflicting)
    #expect(try await bench.events(of: request.key).count == 1)
  }

  @Test("keeps a response that is in use out of the archive", arguments: ServiceStore.allCases)
  func sliding(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let request = try KeyRequest.sample(retention: .apiCall)
    _ = try await service.acquire(request)
    _ = try await service.complete(request.key, epoch: .first, with: .sample)
    let expiry = try await service.record(of: request.key)?.expiresAt
    bench.clock.advance(by: .seconds(1_800))
    #expect(try await service.record(of: request.key)?.expiresAt == expiry, "reading is no use")
    #expect(try await service.acquire(request).replayed != nil)
    #expect(try await service.record(of: request.key)?.expiresAt == bench.clock.now.adding(.seconds(3_600)))
  }

  @Test("refuses leases out of range, the program's own keys, and money under a key that may act twice")
  func refusals() async throws {
    let bench = try ServiceBench(.sqlite)
    let service = KeyService(store: try await bench.store(), reserving: ["pay"])
    for lease in [Duration.zero, .microseconds(999), .seconds(3_601), .seconds(-1)] {
      await #expect(throws: KeyRefusal.leaseOutOfRange(lease)) { try await service.acquire(.sample(lease: lease)) }
      await #expect(throws: KeyRefusal.leaseOutOfRange(lease)) {
        try await service.heartbeat(KeyText("any"), epoch: .first, lease: lease)
      }
    }
    for effect in ["pay", "lock", "prepared", "tracking"] {
      let key = KeyText(effect: effect, segments: ["1"])
      await #expect(throws: KeyRefusal.reserved(effect: effect)) { try await service.acquire(.sample(key: key)) }
      await #expect(throws: KeyRefusal.reserved(effect: effect)) {
        try await service.complete(key, epoch: .first, with: .sample)
      }
    }
    let key = try KeyStrategy.fingerprint(request: ["a"], state: ["b"], environment: "test", versions: [:])
    await #expect(throws: KeyRefusal.notForMoney(effect: "by-fingerprint")) {
      try await service.acquire(.sample(key: key))
    }
    for lease in [Duration.milliseconds(1), .seconds(3_600)] {
      let key = KeyText(effect: "ship", segments: ["\(lease)"])
      #expect(try await service.acquire(.sample(key: key, lease: lease)).acquired != nil)
    }
    #expect(try await service.acquire(.sample(key: key, retention: .workflow)).acquired != nil)
  }
}
