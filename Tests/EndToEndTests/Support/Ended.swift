import Foundation

/// How a process ended, and its output.
struct Ended {
  enum Way: Hashable {
    case exited(Int)
    case killed(signal: Int)
  }

  let way: Way
  let output: [UInt8]
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }

  /// The lines of standard error.
  var complaints: [String] { errors.split(separator: "\n").map(String.init) }

  /// One report for each claim, without the summary.
  ///
  /// - Throws: `DecodingError` if a line does not have the form that `--output json` promises.
  func reports() throws -> [ClaimLine] {
    try jsonLines.filter { !$0.hasPrefix("{\"summary\"") }
      .map { try JSONDecoder().decode(ClaimLine.self, from: Data($0.utf8)) }
  }

  var jsonLines: [String] { text.split(separator: "\n").map(String.init) }
}
