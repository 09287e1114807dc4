import DurableExecution
import Foundation

/// Another company. It records each box that it has picked up in a file of its own, one line for each box.
///
/// With `DIE=1` in the environment, the program is killed after the courier has acted and before its answer is
/// recorded.
struct Courier: Sendable {
  let log: String

  func send(_ order: String, as trackingID: String) throws -> String {
    let box = "box of \(order)"
    let lines = try boxes() + ["\(trackingID)\t\(box)"]
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: log))
    if ProcessInfo.processInfo.environment["DIE"] == "1" { kill(getpid(), SIGKILL) }
    return box
  }

  func status(of trackingID: String) throws -> EffectStanding<String> {
    guard let line = try boxes().first(where: { $0.hasPrefix(trackingID + "\t") }) else { return .neverHeardOf }
    return .done(String(line.dropFirst(trackingID.count + 1)))
  }

  private func boxes() throws -> [String] {
    guard FileManager.default.fileExists(atPath: log) else { return [] }
    return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
