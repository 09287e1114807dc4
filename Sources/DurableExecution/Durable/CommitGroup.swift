import Synchronization

/// Runs the transactions of concurrent callers together, so that they share a commit.
///
/// A transaction that finds the store idle runs at once and alone. So does one that may be long, if the store takes another
/// beside those that run. The rest wait until one has ended, and then run one after another in a single
/// transaction, which first looks up the keys of all. If that takes long, those that wait run beside it. Each still runs as
/// if alone: no caller has a result before the commit, and if one transaction fails, nothing of the group remains. That one
/// then runs by itself, and the others without it.
final class CommitGroup<Store: DurableStore>: Sendable {
  private let store: Store
  private let slots: Int
  private let pacing: Pacing
  private let state = Mutex(State())

  /// The maximum number of transactions that share a commit.
  private static var limit: Int { 64 }
  /// How long those that wait leave the store to those that run. Most transactions are over by then, and two that run at
  /// the same time get into each other's way.
  private static var patience: Duration { .milliseconds(10) }

  private struct State {
    var running = 0
    /// How many transactions have ended, those of a group as one.
    var ended = 0
    var isWatched = false
    var waiting: [Member] = []

    /// Takes those who wait, up to the limit, to run together.
    mutating func next() -> [Member] {
      let next = Array(waiting.prefix(CommitGroup.limit))
      waiting.removeFirst(next.count)
      return next
    }
  }

  /// - Parameter slots: how many transactions of the store may run at once.
  init(_ store: Store, slots: Int, pacing: Pacing = .system) {
    self.store = store
    self.slots = slots
    self.pacing = pacing
  }

  /// The number of transactions that wait for their turn.
  var waitingCount: Int { state.withLock(\.waiting.count) }

  /// Runs a transaction, alone or with others.
  ///
  /// - Parameters:
  ///   - keys: keys that the transaction will look up.
  ///   - mayBeLong: whether others should not have to wait for it.
  /// - Throws: any error from the closure, `StoreFailure`; `CancellationError` if the task is canceled before the
  ///   transaction begins. One that runs with others is not canceled.
  func transaction<Value: Sendable>(
    expecting keys: [KeyText] = [], mayBeLong: Bool = false,
    _ body: @escaping @Sendable (Store.Transaction) throws -> Value
  ) async throws -> Value {
    let value = Mutex<Value?>(nil)
    let member = Member(keys, mayBeLong: mayBeLong) { transaction in
      let result = try body(transaction)
      value.withLock { $0 = result }
    }
    let turn = await withTaskCancellationHandler {
      await withCheckedContinuation { member.waits(with: $0) { join(member) } }
    } onCancel: {
      withdraw(member)
    }
    switch turn {
    case .alone:
      defer { leave() }
      return try await store.transaction(body)
    case .committed:
      guard let value = value.withLock(\.self) else { throw StoreFailure.failed("a transaction has no result") }
      return value
    case .failed(let error): throw error
    }
  }

  private func join(_ member: Member) {
    let (runs, mustWatch) = state.withLock { state in
      if state.running == 0 || (member.mayBeLong && state.running < slots) {
        state.running += 1
        return (true, false)
      }
      state.waiting.append(member)
      defer { state.isWatched = true }
      return (false, !state.isWatched)
    }
    if runs {
      member.proceed(.alone)
    } else if Task.isCancelled {
      // The task may have been canceled before there was anything to remove.
      withdraw(member)
    }
    if mustWatch, slots > 1 { Task { await watch() } }
  }

  /// Lets those who wait run beside those who run, as often as none of these has ended for some time.
  private func watch() async {
    var ended = state.withLock(\.ended)
    while true {
      try? await pacing.sleep(Self.patience)
      let next: [Member]? = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.isWatched = false
          return nil
        }
        defer { ended = state.ended }
        guard state.ended == ended, state.running < slots else { return [] }
        state.running += 1
        return state.next()
      }
      guard let next else { return }
      start(next)
    }
  }

  /// Removes a member whose turn has not come.
  private func withdraw(_ member: Member) {
    let wasWaiting = state.withLock { state in
      guard let index = state.waiting.firstIndex(where: { $0 === member }) else { return false }
      state.waiting.remove(at: index)
      return true
    }
    if wasWaiting { member.proceed(.failed(CancellationError())) }
  }

  /// Lets those who wait run next.
  private func leave() {
    let next = state.withLock { state in
      state.ended += 1
      let next = state.next()
      if next.isEmpty { state.running -= 1 }
      return next
    }
    start(next)
  }

  private func start(_ members: [Member]) {
    switch members.count {
    case 0: break
    case 1: members[0].proceed(.alone)
    default:
      Task {
        await run(members)
        leave()
      }
    }
  }

  /// Runs transactions together. If they fail, runs them in parts, unless another attempt cannot help or might repeat what
  /// was committed.
  private func run(_ members: [Member]) async {
    let culprit = Mutex<Int?>(nil)
    do {
      try await store.transaction { transaction in
        culprit.withLock { $0 = nil }
        transaction.expect(members.flatMap(\.keys))
        for (index, member) in members.enumerated() {
          do {
            try member.body(transaction)
          } catch {
            culprit.withLock { $0 = index }
            throw error
          }
        }
      }
      for member in members { member.proceed(.committed) }
    } catch {
      let parts = Self.parts(of: members, after: error, from: culprit.withLock(\.self))
      if parts.isEmpty { for member in members { member.proceed(.failed(error)) } }
      for part in parts { await run(part) }
    }
  }

  /// The parts to run after a failure; empty if the failure is that of all.
  ///
  /// - Parameter culprit: the transaction whose closure threw the error; nil if none did.
  private static func parts(of members: [Member], after error: any Error, from culprit: Int?) -> [[Member]] {
    guard members.count > 1 else { return [] }
    let mayLieInOne: Bool
    switch error as? StoreFailure {
    case .constraint, .data, .stale, .fenced, .corrupt, .failed: mayLieInOne = true
    // A lock that one transaction waits for need not be in the way of the others.
    case .busy: mayLieInOne = culprit != nil
    case .unreachable, .unwritable, .newerSchema, .otherBuild: mayLieInOne = false
    // Unless a closure threw the error, it may have come after the commit.
    case nil: mayLieInOne = culprit != nil
    }
    guard mayLieInOne else { return [] }
    if let culprit { return [Array(members[..<culprit] + members[(culprit + 1)...]), [members[culprit]]] }
    let middle = members.count / 2
    return [Array(members[..<middle]), Array(members[middle...])]
  }

  /// How a caller's wait for its turn has ended.
  private enum Turn: Sendable {
    /// The caller runs its transaction itself, and then lets others run.
    case alone
    case committed
    case failed(any Error)
  }

  /// The transaction of a caller that waits.
  private final class Member: Sendable {
    let keys: [KeyText]
    let mayBeLong: Bool
    let body: @Sendable (Store.Transaction) throws -> Void
    private let waiting = Mutex<CheckedContinuation<Turn, Never>?>(nil)

    init(_ keys: [KeyText], mayBeLong: Bool, _ body: @escaping @Sendable (Store.Transaction) throws -> Void) {
      self.keys = keys
      self.mayBeLong = mayBeLong
      self.body = body
    }

    func waits(with continuation: CheckedContinuation<Turn, Never>, _ join: () -> Void) {
      waiting.withLock { $0 = continuation }
      join()
    }

    /// Ends the wait; it ends once.
    func proceed(_ turn: Turn) {
      waiting.withLock { continuation in
        defer { continuation = nil }
        return continuation
      }?.resume(returning: turn)
    }
  }
}
