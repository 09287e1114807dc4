import Synchronization

/// Runs the transactions of concurrent callers together, so that they share a commit.
///
/// A transaction that finds a free slot runs at once and alone. Those that come while all slots are taken wait for one,
/// and then run one after another in a single transaction. Each still runs as if alone: no caller has a result before
/// the commit, and if one transaction fails, nothing of the group remains. That one then runs by itself, and the others
/// without it.
final class CommitGroup<Store: DurableStore>: Sendable {
  private let store: Store
  private let state: Mutex<State>

  /// The maximum number of transactions that share a commit.
  private static var limit: Int { 64 }

  private struct State {
    var freeSlots: Int
    var waiting: [Member] = []
  }

  /// - Parameter slots: how many transactions of the store run at once.
  init(_ store: Store, slots: Int) {
    self.store = store
    state = Mutex(State(freeSlots: slots))
  }

  /// The number of transactions that wait for a slot.
  var waitingCount: Int { state.withLock(\.waiting.count) }

  /// Runs a transaction, alone or with others.
  ///
  /// - Throws: any error from the closure, `StoreFailure`; `CancellationError` if the task is canceled before the
  ///   transaction begins. One that runs with others is not canceled.
  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (Store.Transaction) throws -> Value
  ) async throws -> Value {
    let value = Mutex<Value?>(nil)
    let member = Member { transaction in
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
    let hasSlot = state.withLock { state in
      guard state.freeSlots > 0 else {
        state.waiting.append(member)
        return false
      }
      state.freeSlots -= 1
      return true
    }
    if hasSlot {
      member.proceed(.alone)
    } else if Task.isCancelled {
      // The task may have been canceled before there was anything to remove.
      withdraw(member)
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

  /// Gives the slot to those that wait.
  private func leave() {
    let next = state.withLock { state in
      let next = Array(state.waiting.prefix(Self.limit))
      state.waiting.removeFirst(next.count)
      if next.isEmpty { state.freeSlots += 1 }
      return next
    }
    switch next.count {
    case 0: break
    case 1: next[0].proceed(.alone)
    default:
      Task {
        await run(next)
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
    /// The caller has a slot, runs its transaction itself, and gives the slot back.
    case alone
    case committed
    case failed(any Error)
  }

  /// The transaction of a caller that waits.
  private final class Member: Sendable {
    let body: @Sendable (Store.Transaction) throws -> Void
    private let waiting = Mutex<CheckedContinuation<Turn, Never>?>(nil)

    init(_ body: @escaping @Sendable (Store.Transaction) throws -> Void) {
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
