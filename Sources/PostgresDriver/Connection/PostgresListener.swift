import Foundation
import Synchronization

/// Waits for notifications on a channel, over a separate connection that is opened when first needed and reopened after
/// it breaks. A waiter is also released when its time is over, so a lost notification costs only time.
package final class PostgresListener: Sendable {
  private let address: PostgresAddress
  private let channel: String
  private let state = Mutex(State())

  private struct State {
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    /// The waiters whose time was over before they began to wait.
    var released: Set<Int> = []
    var lastWaiter = 0
    var listening: Task<Void, Never>?
  }

  package init(_ address: PostgresAddress, channel: String) {
    self.address = address
    self.channel = channel
  }

  deinit {
    state.withLock { $0.listening }?.cancel()
  }

  /// Returns when a notification arrives, when the time is over, or when the task is canceled.
  package func wait(upTo duration: Duration) async {
    startListening()
    let waiter = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    let timer = Task {
      guard (try? await Task.sleep(for: duration)) != nil else { return }
      release(waiter)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard state.released.remove(waiter) == nil else { return true }
          state.waiters[waiter] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      release(waiter)
    }
    timer.cancel()
    state.withLock { _ = $0.released.remove(waiter) }
  }

  package func close() {
    state.withLock { $0.listening }?.cancel()
  }

  private func release(_ waiter: Int) {
    let continuation = state.withLock { state in
      let continuation = state.waiters.removeValue(forKey: waiter)
      if continuation == nil { state.released.insert(waiter) }
      return continuation
    }
    continuation?.resume()
  }

  private func ring() {
    let waiters = state.withLock { state in
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.resume() }
  }

  private func startListening() {
    state.withLock { state in
      guard state.listening == nil else { return }
      state.listening = Task { [weak self, address, channel] in
        while !Task.isCancelled {
          try? await Self.listen(at: address, on: channel) { [weak self] in self?.ring() }
          // The connection was lost or the server is unreachable. Workers poll in the meantime.
          try? await Task.sleep(for: .seconds(1))
        }
      }
    }
  }

  /// Listens until the connection breaks or the task is canceled.
  private static func listen(
    at address: PostgresAddress, on channel: String, _ ring: @Sendable () -> Void
  ) async throws {
    let connection = try await PostgresConnection.open(address)
    try await connection.use { try $0.execute(script: "LISTEN \($0.quoted(identifier: channel))") }
    while !Task.isCancelled {
      if try await connection.use({ try $0.awaitNotification(upTo: .milliseconds(500)) }) { ring() }
    }
  }
}
