import Foundation

/// How a process ended, and what it said.
struct Ended {
  enum Way: Hashable {
    case exited(Int)
    case killed(signal: Int)
  }

  let way: Way
  let output: [UInt8]
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }

  /// What it complained of, a line each.
  var complaints: [String] { errors.split(separator: "\n").map(String.init) }

  /// One object a claim; the summary is not among them.
  ///
  /// - Throws: `DecodingError` when a line is not what `--output json` promises.
  func reports() throws -> [ClaimLine] {
    try jsonLines.filter { !$0.hasPrefix("{\"summary\"") }
      .map { try JSONDecoder().decode(ClaimLine.self, from: Data($0.utf8)) }
  }

  var jsonLines: [String] { text.split(separator: "\n").map(String.init) }
}
