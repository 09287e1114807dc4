import Dispatch

/// A thread's worth of waiting that is not the cooperative pool's: the executor of one connection.
final class ConnectionQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "postgres connection")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
