import DurableExecution
import Foundation

/// Another system, such as a bank or a courier. A file records what it has done, one line for each act.
///
/// If `DIE` in the environment names an act, such as `box`, the program is killed after the other system has performed
/// that act and before the answer is recorded.
struct OtherSystem: Sendable {
  let log: String

  func act(_ what: String, as trackingID: String) throws -> String {
    // A single appending write, since several processes may write at the same time.
    let handle = open(log, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard handle >= 0 else { throw CocoaError(.fileWriteUnknown) }
    let line = "\(trackingID)\t\(what)\n"
    _ = line.withCString { write(handle, $0, strlen($0)) }
    close(handle)
    if let act = ProcessInfo.processInfo.environment["DIE"], what.hasPrefix(act) { kill(getpid(), SIGKILL) }
    return what
  }

  func standing(of trackingID: String) throws -> EffectStanding<String> {
    guard FileManager.default.fileExists(atPath: log) else { return .neverHeardOf }
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(trackingID + "\t") }) else { return .neverHeardOf }
    return .done(String(line.dropFirst(trackingID.count + 1)))
  }
}
