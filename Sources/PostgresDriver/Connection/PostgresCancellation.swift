import CLibpq
import Dispatch
import Synchronization

/// Asks the server, over a separate connection, to stop what one connection is running. Nothing is requested while
/// nothing runs, since such a request would stop the statement that runs next.
///
/// `@unchecked Sendable`: libpq allows `PQcancel` from any thread; the handle is set once and freed in `deinit`.
package final class PostgresCancellation: @unchecked Sendable {
  private let handle: OpaquePointer?
  private let state = Mutex(State())
  private let requests = DispatchGroup()

  /// How long a request, and the statement that it is to stop, may take.
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

  /// Whether cancellation was requested, at any time. Such a connection is not used again.
  var isCanceled: Bool { state.withLock { $0.canceledAt != nil } }

  /// Whether the canceled work should have stopped by now.
  var isOverdue: Bool { state.withLock { $0.canceledAt.map { ContinuousClock.now - $0 > Self.patience } ?? false } }

  /// Marks the start of a request to the server.
  ///
  /// - Returns: false if the request must not be made.
  func begin() -> Bool {
    state.withLock { state in
      guard state.canceledAt == nil else { return false }
      state.isRunning = true
      return true
    }
  }

  /// Marks the end of a request. It returns once any cancellation in progress has been answered too, so that the
  /// cancellation can neither hit another statement nor be cut off when the process ends.
  func end() {
    state.withLock { $0.isRunning = false }
    _ = requests.wait(timeout: .now() + .seconds(Int(Self.patience.components.seconds)))
  }

  func cancel() {
    let isNeeded = state.withLock { state in
      guard state.canceledAt == nil else { return false }
      state.canceledAt = .now
      // Enter the group under the lock, so that `end` waits for it.
      if state.isRunning { requests.enter() }
      return state.isRunning
    }
    guard isNeeded else { return }
    // The request connects and waits, so it must not run on the caller's thread.
    DispatchQueue.global().async { [self] in
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(handle, &message, Int32(message.count))
      requests.leave()
    }
  }
}
