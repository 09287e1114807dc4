import DurableExecution
import Foundation

/// A stand-in for a language model. It never gives the same answer twice, so a repeated question is noticed.
struct Model: Sendable {
  private let book: Book

  init(log: String) {
    book = Book(log: log)
  }

  func answer(to turn: Turn, as trackingID: String) throws -> Answer {
    let chance = UInt32.random(in: .min ... .max)
    let answer =
      switch turn.transcript.count {
      case 1: Answer(tool: "refund", argument: "order 4711, reference \(chance)")
      case 3: Answer(tool: "mail", argument: "your refund is on its way (\(chance))")
      default: Answer(tool: nil, argument: "done: \(turn.transcript.dropFirst().joined(separator: "; ")) [\(chance)]")
      }
    try book.write(answer, as: trackingID)
    dieIfAsked("model")
    return answer
  }

  func standing(of trackingID: String) throws -> EffectStanding<Answer> { try book.standing(of: trackingID) }
}

/// The tools that the agent may use.
struct Tools: Sendable {
  private let book: Book

  init(log: String) {
    book = Book(log: log)
  }

  func use(_ call: ToolCall, as trackingID: String) throws -> String {
    let result = "\(call.tool) ok"
    try book.write(result, as: trackingID)
    dieIfAsked(call.tool)
    return result
  }

  func standing(of trackingID: String) throws -> EffectStanding<String> { try book.standing(of: trackingID) }
}

/// A file that records what another system has done, one line for each act.
private struct Book: Sendable {
  let log: String

  func write(_ answer: some Encodable, as trackingID: String) throws {
    let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
    let lines = try lines() + ["\(trackingID)\t\(text)"]
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: log))
  }

  func standing<Response: Decodable>(of trackingID: String) throws -> EffectStanding<Response> {
    guard let line = try lines().first(where: { $0.hasPrefix(trackingID + "\t") }) else { return .neverHeardOf }
    return .done(try JSONDecoder().decode(Response.self, from: Data(line.dropFirst(trackingID.count + 1).utf8)))
  }

  private func lines() throws -> [String] {
    guard FileManager.default.fileExists(atPath: log) else { return [] }
    return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}

/// Kills the program after the named system has acted and before its answer is recorded, if `DIE` in the environment
/// names the system: `DIE=refund`.
private func dieIfAsked(_ system: String) {
  if ProcessInfo.processInfo.environment["DIE"] == system { kill(getpid(), SIGKILL) }
}
