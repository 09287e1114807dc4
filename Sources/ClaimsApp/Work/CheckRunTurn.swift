import ClaimStore
import DurableExecution

/// The right of one process to report claims to providers. A check run reports each claim once without it. It keeps a
/// second process from writing the files of a run that the first is at, which may have been sent by then.
struct CheckRunTurn: Sendable {
  private let locks: LockService<ClaimStore>
  private let worker: WorkerID
  private let lease: Duration
  private let pacing: Pacing

  private static let name = "check-run"

  /// - Parameter lease: how long others wait for a process that died.
  init(_ app: ClaimsApp, lease: Duration) {
    locks = LockService(store: app.store)
    (worker, pacing) = (app.runner.worker, app.runner.pacing)
    self.lease = lease
  }

  /// Does work while no other process does its own.
  ///
  /// - Returns: nil if another process was at it all the time.
  /// - Throws: `StoreFailure`, and any error from the work.
  func take<Value: Sendable>(
    waitingUpTo patience: Duration = .zero, _ work: () async throws -> Value
  ) async throws -> Value? {
    let answer = try await locks.acquire(
      Self.name, owner: worker, lease: lease, waitingUpTo: patience, pacing: pacing)
    guard case .held(let token, _) = answer else { return nil }
    let heartbeat = Task { await keep(token) }
    defer { heartbeat.cancel() }
    let result: Result<Value, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    // If the store cannot be reached, the lease ends on its own.
    _ = try? await locks.release(Self.name, token: token)
    return try result.get()
  }

  /// Renews the lease every third of its duration until canceled.
  private func keep(_ token: Epoch) async {
    while (try? await pacing.sleep(lease / 3)) != nil {
      _ = try? await locks.renew(Self.name, token: token, lease: lease)
    }
  }
}
