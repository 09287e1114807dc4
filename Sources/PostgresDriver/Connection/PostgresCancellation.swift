import CLibpq
import Dispatch
import Synchronization

/// Asks the server, over a connection of its own, to stop what one connection is running. Nothing is asked while nothing
/// runs: such a request would hit whatever runs next.
///
/// `@unchecked Sendable`: libpq allows `PQcancel` from any thread; the handle is set once and freed in `deinit`.
package final class PostgresCancellation: @unchecked Sendable {
  private let handle: OpaquePointer?
  private let state = Mutex(State())
  private let requests = DispatchGroup()

  /// How long a request, and what it is to stop, may take.
  private static let patience = Duration.seconds(5)

  private struct State {
    var isRunning = false
    var canceledAt: ContinuousClock.Instant?
  }

  init(_ connection: OpaquePointer) {
    handle = PQgetCancel(connection)
  }

  deinit {
    if let handle { PQfreeCancel(handle) }
  }

  /// Whether it was asked to stop, whatever it was doing. Such a connection is not used again.
  var isCanceled: Bool { state.withLock { $0.canceledAt != nil } }

  /// Whether what was to stop should have stopped by now.
  var isOverdue: Bool { state.withLock { $0.canceledAt.map { ContinuousClock.now - $0 > Self.patience } ?? false } }

  /// The server is about to be asked for something.
  ///
  /// - Returns: false where it must not be.
  func begin() -> Bool {
    state.withLock { state in
      guard state.canceledAt == nil else { return false }
      state.isRunning = true
      return true
    }
  }

  /// The server has answered. Returns when a request that is under way has been answered too, so that it can neither hit
  /// another statement nor be cut off by the end of the process.
  func end() {
    state.withLock { $0.isRunning = false }
    _ = requests.wait(timeout: .now() + .seconds(Int(Self.patience.components.seconds)))
  }

  func cancel() {
    let isNeeded = state.withLock { state in
      guard state.canceledAt == nil else { return false }
      state.canceledAt = .now
      // Entered under the lock, so that `end` waits for it.
      if state.isRunning { requests.enter() }
      return state.isRunning
    }
    guard isNeeded else { return }
    // It connects and waits, so not on the caller's thread.
    DispatchQueue.global().async { [self] in
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(handle, &message, Int32(message.count))
      requests.leave()
    }
  }
}
