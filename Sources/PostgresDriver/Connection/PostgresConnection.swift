import Dispatch

/// One connection, on its own queue, so that waiting for the server never occupies a thread of the cooperative pool.
package actor PostgresConnection {
  private let queue: ConnectionQueue
  private let wire: PostgresWire
  /// Each request waits for its answer, so that none arrives late and hits another statement. A connection that was
  /// canceled is still not used again, since a pooler may deliver the request at any time.
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

  /// Runs work on the connection's queue. Canceling the task asks the server to stop what it is running, and nothing
  /// more is sent. The connection is then not used again.
  ///
  /// - Throws: `PostgresError`, and any error from the work.
  package func use<Value: Sendable>(_ work: @Sendable (PostgresWire) throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    return try await withTaskCancellationHandler {
      do {
        return try work(wire)
      } catch let failure as PipelineFailure {
        // Callers need not know which of the statements failed.
        throw failure.error
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// The result of some work, and whether the connection can be used again.
  struct UseReport<Value: Sendable>: Sendable {
    let result: Result<Value, any Error>
    let isUsable: Bool
  }

  /// Runs work as `use` does, and reports the state of the connection in the same turn on its queue.
  func reportingUse<Value: Sendable>(_ work: @Sendable (PostgresWire) throws -> Value) async -> UseReport<Value> {
    let result: Result<Value, any Error>
    do {
      result = .success(try await use(work))
    } catch {
      result = .failure(error)
    }
    return UseReport(result: result, isUsable: isUsable)
  }

  private var isUsable: Bool {
    !wire.isBroken && wire.isAtRest && !cancellation.isCanceled
  }

  /// Connects on the queue that the connection will use.
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

/// The executor of one connection. It waits on a thread outside the cooperative pool.
final class ConnectionQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "postgres connection")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
