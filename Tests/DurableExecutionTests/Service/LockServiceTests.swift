import DurableTesting
import Synchronization
import TestSupport
import Testing

@testable import DurableExecution

@Suite("A lock that processes share", .postgres, .temporaryFolder)
struct LockServiceTests {
  private static let lease = Duration.seconds(60)

  @Test("is held by one caller at a time, and each next one has a greater token", arguments: ServiceStore.allCases)
  func exclusion(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let locks = [LockService(store: try await bench.store()), LockService(store: try await bench.store())]
    let register = Register()
    try await withThrowingTaskGroup { group in
      for number in 0..<8 {
        group.addTask {
          for _ in 1...3 {
            let answer = try await locks[number % 2].acquire(
              "register", owner: WorkerID("\(number)"), lease: Self.lease, waitingUpTo: .seconds(60))
            guard case .held(let token, _) = answer else {
              Issue.record("\(answer)")
              return
            }
            register.enter(token)
            await Task.yield()
            register.leave()
            #expect(try await locks[number % 2].release("register", token: token) == .accepted)
          }
        }
      }
      try await group.waitForAll()
    }
    let tokens = register.tokens
    #expect(tokens.count == 24 && zip(tokens, tokens.dropFirst()).allSatisfy { $0 < $1 }, "\(tokens)")
    #expect(register.most == 1)
  }

  @Test(
    "is busy until its lease ends, unless it is renewed; then the late holder is fenced",
    arguments: ServiceStore.allCases)
  func leases(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let locks = LockService(store: try await bench.store())
    let start = bench.clock.now
    func ask(_ owner: String) async throws -> LockAnswer {
      try await locks.acquire("a:b %", owner: WorkerID(owner), lease: Self.lease)
    }
    #expect(try await ask("first") == .held(token: .first, until: start.adding(Self.lease)))
    #expect(try await ask("other") == .busy(until: start.adding(Self.lease)))
    bench.clock.advance(by: .seconds(50))
    #expect(try await locks.renew("a:b %", token: .first, lease: Self.lease) == .accepted)
    bench.clock.advance(by: .seconds(50))
    #expect(try await ask("other") == .busy(until: start.adding(.seconds(110))))
    bench.clock.advance(by: .seconds(10))
    #expect(try await ask("other") == .held(token: Epoch(2), until: start.adding(.seconds(170))))
    #expect(try await locks.renew("a:b %", token: .first, lease: Self.lease) == .fenced)
    #expect(try await locks.release("a:b %", token: .first) == .fenced)
    #expect(try await ask("third") == .busy(until: start.adding(.seconds(170))))
    #expect(try await locks.renew("never held", token: .first, lease: Self.lease) == .unknownKey)
  }

  @Test("is free at once after its release, which may be repeated", arguments: ServiceStore.allCases)
  func release(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let locks = LockService(store: try await bench.store())
    _ = try await locks.acquire("books", owner: WorkerID("first"), lease: Self.lease)
    for _ in 1...2 { #expect(try await locks.release("books", token: .first) == .accepted) }
    #expect(try await locks.renew("books", token: .first, lease: Self.lease) == .fenced)
    guard case .held(let token, _) = try await locks.acquire("books", owner: WorkerID("other"), lease: Self.lease)
    else {
      Issue.record("a released lock is busy")
      return
    }
    #expect(token > .first)
    #expect(try await locks.release("books", token: .first) == .fenced)
    #expect(
      try await locks.acquire("books ", owner: WorkerID("third"), lease: Self.lease) != .busy(until: bench.clock.now))
  }

  @Test("is granted to a caller that waits, once it is released", arguments: ServiceStore.allCases)
  func waiting(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let locks = LockService(store: try await bench.store())
    _ = try await locks.acquire("books", owner: WorkerID("first"), lease: Self.lease)
    let time = SteppedTime { count in
      guard count == 3 else { return }
      let report = try await locks.release("books", token: .first)
      #expect(report == .accepted)
    }
    let answer = try await locks.acquire(
      "books", owner: WorkerID("other"), lease: Self.lease, waitingUpTo: .seconds(30), pacing: time.pacing)
    #expect(answer == .held(token: Epoch(3), until: bench.clock.now.adding(Self.lease)))
    #expect(time.sleeps == 3)
  }

  @Test(
    "is given up when the wait is over, no earlier and no later",
    arguments: [Duration.zero, .milliseconds(7), .seconds(9)])
  func givingUp(_ patience: Duration) async throws {
    let store = MemoryStore()
    let locks = LockService(store: store)
    let time = SteppedTime()
    _ = try await locks.acquire("books", owner: WorkerID("first"), lease: Self.lease)
    let answer = try await locks.acquire(
      "books", owner: WorkerID("other"), lease: Self.lease, waitingUpTo: patience, pacing: time.pacing)
    #expect(answer == .busy(until: store.clock.now.adding(Self.lease)))
    #expect(time.passed == patience)
  }

  @Test("is no longer waited for by a task that is canceled")
  func canceled() async throws {
    let locks = LockService(store: MemoryStore())
    _ = try await locks.acquire("books", owner: WorkerID("first"), lease: Self.lease)
    let task = Task {
      try await locks.acquire("books", owner: WorkerID("other"), lease: Self.lease, waitingUpTo: .seconds(3_600))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

/// What a lock protects: notes who is inside, and under which token.
private final class Register: Sendable {
  private let state = Mutex((inside: 0, most: 0, tokens: [Epoch]()))

  var tokens: [Epoch] { state.withLock(\.tokens) }
  /// The largest number of callers that were inside at the same time.
  var most: Int { state.withLock(\.most) }

  func enter(_ token: Epoch) {
    state.withLock { state in
      state.inside += 1
      state.most = max(state.most, state.inside)
      state.tokens.append(token)
    }
  }

  func leave() { state.withLock { $0.inside -= 1 } }
}

/// A clock that moves only when somebody sleeps.
private final class SteppedTime: Sendable {
  private let start = ContinuousClock.now
  private let state = Mutex((passed: Duration.zero, sleeps: 0))
  private let whenAsleep: @Sendable (_ count: Int) async throws -> Void

  /// - Parameter whenAsleep: runs in each sleep, with its number from 1.
  init(_ whenAsleep: @escaping @Sendable (_ count: Int) async throws -> Void = { _ in }) {
    self.whenAsleep = whenAsleep
  }

  var passed: Duration { state.withLock(\.passed) }
  var sleeps: Int { state.withLock(\.sleeps) }

  var pacing: Pacing {
    Pacing(
      now: { self.start + self.passed },
      sleep: { duration in
        self.state.withLock { $0 = ($0.passed + duration, $0.sleeps + 1) }
        try await self.whenAsleep(self.sleeps)
      }, random: Pacing.system.random)
  }
}
