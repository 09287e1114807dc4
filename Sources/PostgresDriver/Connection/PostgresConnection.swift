import Synchronization

/// One connection, on its own queue: waiting for the server never takes a thread of the cooperative pool.
package actor PostgresConnection {
  private let queue: ConnectionQueue
  private let wire: PostgresWire
  private let cancellation: PostgresCancellation?
  /// Set once a cancellation was asked for: it may arrive late and hit another statement, so the connection is not used
  /// again.
  private let wasCancelled = Atomic(false)

  package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  private init(_ wire: sending PostgresWire, on queue: ConnectionQueue) {
    self.queue = queue
    self.wire = wire
    cancellation = wire.cancellation()
  }

  /// - Throws: `PostgresError.noConnection`.
  package static func open(_ address: PostgresAddress) async throws -> PostgresConnection {
    let queue = ConnectionQueue()
    return try await Opener(queue: queue).open(address)
  }

  /// Runs work on the connection's queue. Cancelling the task asks the server to stop, and the connection is not used
  /// again.
  ///
  /// - Throws: `PostgresError`, and what the work throws.
  package func use<Value: Sendable>(_ work: @Sendable (PostgresWire) throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    return try await withTaskCancellationHandler {
      do {
        return try work(wire)
      } catch let failure as PipelineFailure {
        // Which of the statements it was is nobody's business outside.
        throw failure.error
      }
    } onCancel: {
      wasCancelled.store(true, ordering: .sequentiallyConsistent)
      cancellation?.request()
    }
  }

  package var isUsable: Bool {
    !wire.isBroken && wire.isAtRest && !wasCancelled.load(ordering: .sequentiallyConsistent)
  }

  /// Connects on the queue the connection will live on.
  private actor Opener {
    let queue: ConnectionQueue
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(queue: ConnectionQueue) {
      self.queue = queue
    }

    func open(_ address: PostgresAddress) throws -> PostgresConnection {
      PostgresConnection(try PostgresWire(address), on: queue)
    }
  }
}
