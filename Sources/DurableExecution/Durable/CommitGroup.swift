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
  private let turns: Turns<Work, Void>

  private typealias Member = Turns<Work, Void>.Caller

  private struct Work: Sendable {
    let keys: [KeyText]
    let body: @Sendable (Store.Transaction) throws -> Void
  }

  /// - Parameter slots: how many transactions of the store may run at once.
  init(_ store: Store, slots: Int, pacing: Pacing = .system) {
    self.store = store
    // Most transactions are over within this time, and two that run at the same time get into each other's way.
    turns = Turns(slots: slots, limit: 64, patience: .milliseconds(10), pacing: pacing) { members in
      await Self.run(members, in: store)
    }
  }

  /// The number of transactions that wait for their turn.
  var waitingCount: Int { turns.waitingCount }

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
    let work = Work(keys: keys) { transaction in
      let result = try body(transaction)
      value.withLock { $0 = result }
    }
    try await turns.run(work, mayBeLong: mayBeLong) {
      let result = try await store.transaction(body)
      value.withLock { $0 = result }
    }
    guard let value = value.withLock(\.self) else { throw StoreFailure.failed("a transaction has no result") }
    return value
  }

  /// Runs transactions together. If they fail, runs them in parts, unless another attempt cannot help or might repeat what
  /// was committed.
  private static func run(_ members: [Member], in store: Store) async {
    let culprit = Mutex<Int?>(nil)
    do {
      try await store.transaction { transaction in
        culprit.withLock { $0 = nil }
        transaction.expect(members.flatMap(\.work.keys))
        for (index, member) in members.enumerated() {
          do {
            try member.work.body(transaction)
          } catch {
            culprit.withLock { $0 = index }
            throw error
          }
        }
      }
      for member in members { member.end(.success(())) }
    } catch {
      let parts = parts(of: members, after: error, from: culprit.withLock(\.self))
      if parts.isEmpty { for member in members { member.end(.failure(error)) } }
      for part in parts { await run(part, in: store) }
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
}
