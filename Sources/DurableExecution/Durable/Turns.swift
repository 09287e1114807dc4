import Synchronization

/// Lets the work of concurrent callers take turns, so that those who wait work together.
///
/// If no other work is running, a caller's work starts at once, alone. So does work that may be long, while fewer than
/// `slots` are running. Other callers wait until some work has ended, and their work then runs together. If that takes
/// longer than `patience`, the work of those who wait starts beside it.
package final class Turns<Work: Sendable, Result: Sendable>: Sendable {
  private let slots: Int
  private let limit: Int
  private let patience: Duration
  private let pacing: Pacing
  private let together: @Sendable ([Caller]) async -> Void
  private let state = Mutex(State())

  private struct State {
    var running = 0
    /// How many times work has ended, that of several callers as one.
    var ended = 0
    var isWatched = false
    var waiting: [Caller] = []

    /// Takes those who wait, up to a limit, to run together.
    mutating func next(upTo limit: Int) -> [Caller] {
      let next = Array(waiting.prefix(limit))
      waiting.removeFirst(next.count)
      return next
    }
  }

  /// - Parameters:
  ///   - slots: how many times work may run at once.
  ///   - limit: the maximum number of callers whose work runs together.
  ///   - patience: how long those who wait leave the place to those who run.
  ///   - together: runs the work of several callers, and ends the wait of each.
  package init(
    slots: Int, limit: Int, patience: Duration, pacing: Pacing = .system,
    together: @escaping @Sendable ([Caller]) async -> Void
  ) {
    self.slots = slots
    self.limit = limit
    self.patience = patience
    self.pacing = pacing
    self.together = together
  }

  /// The number of callers who wait for their turn.
  package var waitingCount: Int { state.withLock(\.waiting.count) }

  /// Runs work, alone or with that of others.
  ///
  /// - Parameters:
  ///   - mayBeLong: whether others should not have to wait for it.
  ///   - alone: runs this work alone.
  /// - Throws: any error from `alone`, or that the work was ended with; `CancellationError` if the task is canceled before
  ///   the work begins. Work that runs with that of others is not canceled.
  package func run(
    _ work: Work, mayBeLong: Bool = false, alone: () async throws -> Result
  ) async throws -> Result {
    let caller = Caller(work, mayBeLong: mayBeLong)
    let turn = await withTaskCancellationHandler {
      await withCheckedContinuation { caller.waits(with: $0) { join(caller) } }
    } onCancel: {
      withdraw(caller)
    }
    switch turn {
    case .alone:
      defer { leave() }
      return try await alone()
    case .ended(let result): return try result.get()
    }
  }

  private func join(_ caller: Caller) {
    let (runs, mustWatch) = state.withLock { state in
      if state.running == 0 || (caller.mayBeLong && state.running < slots) {
        state.running += 1
        return (true, false)
      }
      state.waiting.append(caller)
      defer { state.isWatched = true }
      return (false, !state.isWatched)
    }
    if runs {
      caller.proceed(.alone)
    } else if Task.isCancelled {
      // The task may have been canceled before there was anything to remove.
      withdraw(caller)
    }
    if mustWatch, slots > 1 { Task { await watch() } }
  }

  /// Lets those who wait run beside those who run, as often as none of these has ended for some time.
  private func watch() async {
    var ended = state.withLock(\.ended)
    while true {
      try? await pacing.sleep(patience)
      let next: [Caller]? = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.isWatched = false
          return nil
        }
        defer { ended = state.ended }
        guard state.ended == ended, state.running < slots else { return [] }
        state.running += 1
        return state.next(upTo: limit)
      }
      guard let next else { return }
      start(next)
    }
  }

  /// Removes a caller whose turn has not come.
  private func withdraw(_ caller: Caller) {
    let wasWaiting = state.withLock { state in
      guard let index = state.waiting.firstIndex(where: { $0 === caller }) else { return false }
      state.waiting.remove(at: index)
      return true
    }
    if wasWaiting { caller.end(.failure(CancellationError())) }
  }

  /// Lets those who wait run next.
  private func leave() {
    let next = state.withLock { state in
      state.ended += 1
      let next = state.next(upTo: limit)
      if next.isEmpty { state.running -= 1 }
      return next
    }
    start(next)
  }

  private func start(_ callers: [Caller]) {
    switch callers.count {
    case 0: break
    case 1: callers[0].proceed(.alone)
    default:
      // The work is that of several tasks, so it is done in the context of none of them.
      Task.detached {
        await self.together(callers)
        self.leave()
      }
    }
  }

  /// How a caller's wait for its turn has ended.
  fileprivate enum Turn: Sendable {
    /// The caller runs its work itself, and then lets others run.
    case alone
    case ended(Swift.Result<Result, any Error>)
  }

  /// A caller who waits.
  package final class Caller: Sendable {
    package let work: Work
    fileprivate let mayBeLong: Bool
    private let waiting = Mutex<CheckedContinuation<Turn, Never>?>(nil)

    fileprivate init(_ work: Work, mayBeLong: Bool) {
      self.work = work
      self.mayBeLong = mayBeLong
    }

    /// Ends the wait with what came of the work.
    package func end(_ result: Swift.Result<Result, any Error>) { proceed(.ended(result)) }

    fileprivate func waits(with continuation: CheckedContinuation<Turn, Never>, _ join: () -> Void) {
      waiting.withLock { $0 = continuation }
      join()
    }

    /// Ends the wait; it ends once.
    fileprivate func proceed(_ turn: Turn) {
      waiting.withLock { continuation in
        defer { continuation = nil }
        return continuation
      }?.resume(returning: turn)
    }
  }
}
