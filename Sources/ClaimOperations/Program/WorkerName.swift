package import DurableExecution
import Foundation

extension WorkerID {
  /// Returns the ID of this process: the host and pid, for people who read leases, and a unique suffix.
  package static func thisProcess() -> WorkerID {
    let process = ProcessInfo.processInfo
    return WorkerID("\(process.hostName)/\(process.processIdentifier)/\(UUID().uuidString.prefix(8))")
  }
}
