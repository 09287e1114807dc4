import DurableTesting
import Synchronization
import TestSupport
import Testing

@testable import DurableExecution

@Suite("Transactions that wait for others")
struct CommitGroupTests {
  private let commits = Counter()
  private let runs = Counter()
  private let door = Door()

  @Test("share a commit, and each has its own result")
  func together() async throws {
    let store = heldStore()
    let results = try await whileHeld(store, 1...10) { number in { try self.insert(number, $0) } }
    #expect(results.compactMap { try? $0.get() } == Array(1...10))
    #expect(store.base.now.records.count == 10)
    #expect(commits.count == 2, "the one that was held, and the group")
  }

  @Test("have their keys announced together, before the first of them runs")
  func keysTogether() async throws {
    let keys = Set((1...10).map(Self.key))
    let results = try await whileHeld(heldStore(), 1...10) { number in
      { transaction in
        #expect(transaction.expected == keys)
        return try self.insert(number, transaction)
      }
    }
    #expect(results.compactMap { try? $0.get() } == Array(1...10))
  }

  @Test("run beside one that takes long, as many as the store takes at once", arguments: [2, 3], [true, false])
  func beside(slots: Int, mayBeLong: Bool) async throws {
    let store = heldStore()
    let group = CommitGroup(store, slots: slots)
    let holder = Task { try await group.transaction { _ in } }
    try await until { store.isHeld }
    for number in 1...3 {
      #expect(try await group.transaction(mayBeLong: mayBeLong) { try self.insert(number, $0) } == number)
    }
    #expect(commits.count == 3, "the first is still held")
    door.open()
    try await holder.value
    #expect(commits.count == 4)
  }

  @Test(
    "are kept without one that fails, of which nothing remains",
    arguments: [
      Broken() as any Error, StoreFailure.constraint("a row"), StoreFailure.failed("at a statement"),
      StoreFailure.busy("others"),
    ])
  func oneFails(_ failure: any Error) async throws {
    let store = heldStore()
    let results = try await whileHeld(store, 1...10) { number in
      { transaction in
        let result = try self.insert(number, transaction)
        if number == 4 { throw failure }
        return result
      }
    }
    #expect(results.compactMap { try? $0.get() } == [1, 2, 3, 5, 6, 7, 8, 9, 10])
    #expect(throws: (any Error).self) { try results[3].get() }
    #expect(Set(store.base.now.records.keys) == Set([1, 2, 3, 5, 6, 7, 8, 9, 10].map(Self.key)))
    #expect(commits.count == 2, "the others are still together")
  }

  @Test("are kept, all but one whose rows the store refuses only at the commit")
  func refusedAtCommit() async throws {
    let store = heldStore { contents in
      if contents.records[Self.key(7)] != nil { throw StoreFailure.constraint("a row") }
    }
    let results = try await whileHeld(store, 1...10) { number in { try self.insert(number, $0) } }
    #expect(results.compactMap { try? $0.get() } == [1, 2, 3, 4, 5, 6, 8, 9, 10])
    #expect(store.base.now.records.count == 9)
  }

  @Test(
    "are told that the outcome is unknown, and none runs again, if the commit is not answered",
    arguments: [StoreFailure.unreachable("no answer") as any Error, Broken()])
  func unanswered(_ failure: any Error) async throws {
    let store = heldStore(afterCommit: failure)
    let results = try await whileHeld(store, 1...10) { number in { try self.insert(number, $0) } }
    for result in results { #expect(throws: (any Error).self) { try result.get() } }
    #expect(runs.count == 10)
    #expect(store.base.now.records.count == 10, "it was committed")
  }

  @Test("do not run if their task is canceled before their turn, and do not wait for it")
  func canceled() async throws {
    let store = heldStore()
    let group = CommitGroup(store, slots: 1)
    let holder = Task { try await group.transaction { _ in } }
    try await until { store.isHeld }
    let waiting = Task { try await group.transaction { try self.insert(1, $0) } }
    try await until { group.waitingCount == 1 }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await group.transaction { try self.insert(2, $0) }
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    door.open()
    try await holder.value
    #expect(runs.count == 0 && store.base.now.records.isEmpty)
    try await group.transaction { try #expect(self.insert(3, $0) == 3) }
  }

  @Test("share commits in a real store too, and a replay has the response of the first", .temporaryFolder)
  func realStore() async throws {
    var location = try StoreKind.sqlite.location()
    location.settings.probe = StoreProbe(before: { _ in }) { [commits] in if $0 == .commit { commits.add() } }
    let durable = try await Durable(location)
    let reserve = LocalEffect("reserve", key: { (number: Int) in ["\(number % 40)"] }, returns: Int.self)
    for _ in 1...2 {
      let results = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
        for number in 1...40 {
          group.addTask {
            (number, try await durable.transaction { try $0.once(reserve, for: number) { number * 2 } })
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(results == Dictionary(uniqueKeysWithValues: (1...40).map { ($0, $0 * 2) }))
    }
    #expect(commits.count < 80)
  }

  // MARK: Holding the store

  private struct Broken: Error {}

  private static func key(_ number: Int) -> KeyText { KeyText("idemp:test:\(number)") }

  private func insert(_ number: Int, _ transaction: MemoryTransaction) throws -> Int {
    runs.add()
    let lease = KeyRecord.Lease(owner: WorkerID("test"), expiresAt: transaction.now, length: .seconds(5))
    try transaction.insert([
      .new(
        Self.key(number), retention: .financial, fingerprint: Fingerprint(ofCanonical: []),
        agent: AgentVersion("Test", "1"), lineage: .root, lease: lease, at: transaction.now)
    ])
    return number
  }

  private func heldStore(
    afterCommit: (any Error)? = nil, check: @escaping @Sendable (MemoryStore.Contents) throws -> Void = { _ in }
  ) -> HeldStore { HeldStore(door: door, commits: commits, afterCommit: afterCommit, check: check) }

  /// Runs transactions that all wait for another to end, and returns how each has ended, in order.
  private func whileHeld(
    _ store: HeldStore, _ numbers: ClosedRange<Int>,
    _ body: @escaping @Sendable (Int) -> @Sendable (MemoryTransaction) throws -> Int
  ) async throws -> [Result<Int, any Error>] {
    let group = CommitGroup(store, slots: 1)
    let holder = Task { try await group.transaction { _ in } }
    try await until { store.isHeld }
    let waiting = numbers.map { number in
      Task { try await group.transaction(expecting: [Self.key(number)], body(number)) }
    }
    try await until { group.waitingCount == numbers.count }
    door.open()
    try await holder.value
    var results: [Result<Int, any Error>] = []
    for task in waiting { results.append(await task.result) }
    return results
  }

  private func until(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }
}

/// A store whose first transaction is held until a door opens.
private final class HeldStore: DurableStore {
  let base: MemoryStore
  private let door: Door
  private let held = Mutex((any: false, isFirst: true))
  private let afterCommit: (any Error)?
  private let commits: Counter
  private let check: @Sendable (MemoryStore.Contents) throws -> Void

  var isHeld: Bool { held.withLock(\.any) }

  init(
    door: Door, commits: Counter, afterCommit: (any Error)?,
    check: @escaping @Sendable (MemoryStore.Contents) throws -> Void
  ) {
    (base, self.door, self.commits) = (MemoryStore(), door, commits)
    (self.afterCommit, self.check) = (afterCommit, check)
  }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (MemoryTransaction) throws -> Value
  ) async throws -> Value {
    let isFirst = held.withLock { held in
      defer { held = (any: true, isFirst: false) }
      return held.isFirst
    }
    while isFirst, !door.isOpen { try await Task.sleep(for: .milliseconds(1)) }
    let value = try await base.transaction { [check] transaction in
      let value = try body(transaction)
      try check(transaction.contents)
      return value
    }
    commits.add()
    if !isFirst, let afterCommit { throw afterCommit }
    return value
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (MemoryTransaction) throws -> Value) async throws -> Value {
    try await base.read(body)
  }
}

private final class Counter: Sendable {
  private let number = Mutex(0)

  var count: Int { number.withLock { $0 } }

  func add() { number.withLock { $0 += 1 } }
}
