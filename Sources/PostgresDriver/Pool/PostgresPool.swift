import Synchronization

/// A pool of shared connections. They are opened when needed, given out in the order of requests, and closed when they
/// break.
package final class PostgresPool: Sendable {
  private let address: PostgresAddress
  /// Runs once on each connection before it is used.
  private let prepare: @Sendable (PostgresWire) throws -> Void
  /// How long to wait for a connection while all are in use.
  private let patience: Duration
  private let guarded: Mutex<Guarded>

  private struct Guarded {
    var state: PoolState
    var connections: [PoolState.ConnectionID: PostgresConnection] = [:]
    var waiters: [PoolState.WaiterID: CheckedContinuation<Loan, any Error>] = [:]
    var lastWaiter = 0
  }

  private struct Loan {
    let id: PoolState.ConnectionID
    let connection: PostgresConnection
  }

  package init(
    _ address: PostgresAddress, limit: Int, patience: Duration = .seconds(30),
    prepare: @escaping @Sendable (PostgresWire) throws -> Void = { _ in }
  ) {
    self.address = address
    self.prepare = prepare
    self.patience = patience
    guarded = Mutex(Guarded(state: PoolState(limit: limit)))
  }

  /// Runs work with exclusive use of one connection.
  ///
  /// - Throws: `PostgresError`, `CancellationError`, and any error from the work.
  package func use<Value: Sendable>(_ work: @Sendable (PostgresWire) throws -> Value) async throws -> Value {
    let loan = if let idle = takeIdle() { idle } else { try await acquire() }
    let report = await loan.connection.reportingUse(work)
    act { $0.release(loan.id, isUsable: report.isUsable) }
    return try report.result.get()
  }

  /// Closes connections as they become free, and gives out no more.
  package func close() {
    act { $0.close() }
  }

  /// Returns a connection that is free, without waiting for one.
  private func takeIdle() -> Loan? {
    guarded.withLock { guarded in
      guard let id = guarded.state.takeIdle(), let connection = guarded.connections[id] else { return nil }
      return Loan(id: id, connection: connection)
    }
  }

  private func acquire() async throws -> Loan {
    let waiter = guarded.withLock { guarded in
      guarded.lastWaiter += 1
      return guarded.lastWaiter
    }
    let timer = Task { [patience] in
      try await Task.sleep(for: patience)
      act { $0.giveUp(waiter) }
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guarded.withLock { $0.waiters[waiter] = continuation }
        act { $0.acquire(waiter) }
        if Task.isCancelled { act(after: CancellationError()) { $0.giveUp(waiter) } }
      }
    } onCancel: {
      act(after: CancellationError()) { $0.giveUp(waiter) }
    }
  }

  private func connect(_ id: PoolState.ConnectionID) {
    Task {
      do {
        let connection = try await PostgresConnection.open(address)
        try await connection.use(prepare)
        guarded.withLock { $0.connections[id] = connection }
        act { $0.connected(id) }
      } catch {
        act(after: error) { $0.connectFailed(id) }
      }
    }
  }

  /// Changes the state, and then, without the lock, takes the resulting actions.
  private func act(after error: (any Error)? = nil, _ step: (inout PoolState) -> [PoolState.Action]) {
    enum Deed {
      case resume(CheckedContinuation<Loan, any Error>, Result<Loan, any Error>)
      case connect(PoolState.ConnectionID)
      case drop(PostgresConnection)
    }
    let deeds: [Deed] = guarded.withLock { guarded in
      step(&guarded.state).compactMap { action in
        switch action {
        case .give(let id, let waiter):
          guard let connection = guarded.connections[id], let continuation = guarded.waiters.removeValue(forKey: waiter)
          else { return nil }
          return .resume(continuation, .success(Loan(id: id, connection: connection)))
        case .connect(let id): return .connect(id)
        // The connection closes when its last owner releases it.
        case .close(let id): return guarded.connections.removeValue(forKey: id).map(Deed.drop)
        case .fail(let waiter, let failure):
          return guarded.waiters.removeValue(forKey: waiter).map { .resume($0, .failure(failure.error(error))) }
        }
      }
    }
    for deed in deeds {
      switch deed {
      case .resume(let continuation, let result): continuation.resume(with: result)
      case .connect(let id): connect(id)
      case .drop: break
      }
    }
  }
}

extension PoolState.Failure {
  fileprivate func error(_ cause: (any Error)?) -> any Error {
    switch self {
    case .gaveUp: cause ?? PostgresError.poolExhausted
    case .notConnected: cause ?? PostgresError.noConnection("no reason given")
    case .closed: PostgresError.poolClosed
    }
  }
}
