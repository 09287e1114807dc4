import Dispatch

/// Runs the servers of this process on threads of their own. The cooperative pool has few threads, and tests that compute
/// hold them for long, so that the clients of a server would give it up.
package final class ServingExecutor: TaskExecutor {
  package static let shared = ServingExecutor()

  private let queue = DispatchQueue(label: "servers", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
