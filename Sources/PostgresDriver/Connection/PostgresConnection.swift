import Dispatch

/// One connection, on its own queue: waiting for the server never takes a thread of the cooperative pool.
package actor PostgresConnection {
  private let queue: ConnectionQueue
  private let wire: PostgresWire
  /// Its requests wait for their answers, so that none arrives late and hits another statement. A connection with one is
  /// not used again all the same: a pooler may deliver it when it likes.
  private let cancellation: PostgresCancellation

  package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  private init(_ wire: sending PostgresWire, on queue: ConnectionQueue) {
    self.queue = queue
    self.wire = wire
    cancellation = wire.cancellation
  }

  /// - Throws: `PostgresError.noConnection`.
  package static func open(_ address: PostgresAddress) async throws -> PostgresConnection {
    let queue = ConnectionQueue()
    return try await Opener(queue: queue).open(address)
  }

  /// Runs work on the connection's queue. Canceling the task asks the server to stop what it is running, and nothing more
  /// is sent. The connection is not used again.
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
      cancellation.cancel()
    }
  }

  package var isUsable: Bool {
    !wire.isBroken && wire.isAtRest && !cancellation.isCanceled
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

/// A thread's worth of waiting that is not the cooperative pool's: the executor of one connection.
final class ConnectionQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "postgres connection")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
