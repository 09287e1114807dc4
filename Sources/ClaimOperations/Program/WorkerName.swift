package import DurableExecution
import Foundation

extension WorkerID {
  /// This process: host and pid for people who read leases, and something nobody else has.
  package static func thisProcess() -> WorkerID {
    let process = ProcessInfo.processInfo
    return WorkerID("\(process.hostName)/\(process.processIdentifier)/\(UUID().uuidString.prefix(8))")
  }
}
