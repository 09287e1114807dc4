import DurableExecution
import Foundation

/// A bank or a courier: another system, with a file of what it has done, a line for each act.
///
/// `DIE` in the environment names an act, such as `box`. The program is killed after the other system has performed that act and
/// before the answer is recorded.
struct OtherSystem: Sendable {
  let log: String

  func act(_ what: String, as trackingID: String) throws -> String {
    // One write that appends, since several processes may be at work.
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
