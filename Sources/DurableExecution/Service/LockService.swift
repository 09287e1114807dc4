/// Locks that any number of processes share, held by leases.
///
/// A lock is a key that never has an outcome. Its epoch is the fencing token: it is greater for each next holder. A
/// lease alone cannot stop a holder that is late, so whatever the lock protects must refuse a token that is smaller than
/// the greatest it has seen.
package struct LockService<Store: DurableStore>: Sendable {
  private let keys: KeyService<Store>

  package init(store: Store) {
    keys = KeyService(store: store, reserved: [])
  }

  /// Asks for a lock once.
  ///
  /// A caller that lost the answer asks again when the lease it may have been granted has ended.
  ///
  /// - Parameters:
  ///   - name: any text.
  ///   - owner: the process that asks. A lock that one task of a process holds is busy for the others.
  ///   - lease: how long the lock is held unless it is renewed: from 1 millisecond to 1 hour.
  /// - Throws: `KeyRefusal`, `StoreFailure`.
  package func acquire(_ name: String, owner: WorkerID, lease: Duration) async throws -> LockAnswer {
    let key = LockName.key(of: name)
    let request = KeyRequest(
      key: key, fingerprint: Fingerprint(hex: key.digest), agent: LockName.agent, owner: owner, lease: lease,
      retention: .apiCall)
    switch try await keys.acquire(request) {
    case .acquired(let record):
      guard case .pending(let lease) = record.state else { throw LockName.notALock(key) }
      return .held(token: record.epoch, until: lease.expiresAt)
    case .inProgress(let until): return .busy(until: until)
    case .replayed, .mismatch: throw LockName.notALock(key)
    }
  }

  /// Asks for a lock until it is granted or the wait is over. The callers that wait are not in a queue.
  ///
  /// - Parameters:
  ///   - patience: how long to wait. The lock is asked for a last time at its end.
  ///   - pacing: the clock and the chance of the waits.
  /// - Returns: `busy` if the lock was not granted in time.
  /// - Throws: `KeyRefusal`, `StoreFailure`; `CancellationError` if the task is canceled.
  package func acquire(
    _ name: String, owner: WorkerID, lease: Duration, waitingUpTo patience: Duration, pacing: Pacing = .system
  ) async throws -> LockAnswer {
    let giveUp = pacing.now() + patience
    var backoff = Backoff(from: .milliseconds(10), upTo: .milliseconds(500))
    while true {
      let answer = try await acquire(name, owner: owner, lease: lease)
      let left = giveUp - pacing.now()
      guard case .busy = answer, left > .zero else { return answer }
      try await pacing.sleep(min(backoff.next(pacing), left))
    }
  }

  /// Renews a lock, which is then held for `lease` from now. The holder counts from when it asked.
  ///
  /// - Returns: `accepted`; `fenced` if the lock was released or has another holder; `unknownKey` if it was never held.
  /// - Throws: `KeyRefusal`, `StoreFailure`.
  package func renew(_ name: String, token: Epoch, lease: Duration) async throws -> KeyReport {
    try await keys.heartbeat(LockName.key(of: name), epoch: token, lease: lease)
  }

  /// Releases a lock, so that the next caller acquires it with a greater token.
  ///
  /// - Returns: `accepted`, also if it was released before and nobody has held it since; otherwise as `renew`.
  /// - Throws: `StoreFailure`.
  package func release(_ name: String, token: Epoch) async throws -> KeyReport {
    try await keys.abandon(LockName.key(of: name), epoch: token)
  }
}

/// The answer to a request for a lock.
package enum LockAnswer: Hashable, Sendable {
  /// The caller holds the lock.
  ///
  /// - Parameters:
  ///   - token: the fencing token, greater than that of every earlier holder.
  ///   - until: when the lease ends, by the database's clock.
  case held(token: Epoch, until: Timestamp)
  /// Another caller holds the lock. After this time it may be acquired.
  case busy(until: Timestamp)
}

/// The name of a lock as a key.
enum LockName {
  static let effect = "lock"
  static let agent = AgentVersion("Lock", "1")

  static func key(of name: String) -> KeyText { KeyText(effect: effect, segments: [name]) }

  static func notALock(_ key: KeyText) -> StoreFailure {
    .corrupt("key \(key.digest.prefix(16)) is in use for something other than a lock")
  }
}
