import Dispatch

/// Runs blocking work on its own thread: the cooperative pool has few threads, and other tests need them.
package func onThread<Value: Sendable>(_ work: @Sendable () throws -> Value) async throws -> Value {
  try await OwnThread().run(work)
}

private actor OwnThread {
  private let queue = Queue()

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  func run<Value: Sendable>(_ work: @Sendable () throws -> Value) throws -> Value { try work() }

  private final class Queue: SerialExecutor {
    private let queue = DispatchQueue(label: "test")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }
}
