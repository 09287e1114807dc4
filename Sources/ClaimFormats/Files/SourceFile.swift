import StrictText

/// A file's name and content, read from a folder or from the binary itself.
package struct SourceFile: Hashable, Sendable {
  /// The name as errors show it: `PPO.yaml`, `plans/PPO.yaml`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Whether the content is an archive, which is what spreadsheet programs save unless asked for CSV.
  var isSpreadsheet: Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Whether a YAML file is about a payer rather than a plan, which has an ID of its own, or a partner.
  package var isOfPayer: Bool {
    let lines = String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
    return !lines.contains { $0.hasPrefix("id:") }
      && lines.contains { line in ["payer_id:", "tax_id:", "technical_contact:"].contains { line.hasPrefix($0) } }
  }

  /// The name without its folder and extension, which is also the name of a fee schedule.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return (file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file).composed
  }
}

/// An error in a plan, fee, member or published reference file: what is wrong, where, and what to do, on one line in
/// the style of compilers. A file with several errors is reported with all of them.
package struct PlanFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// The line, from 1; nil when the error concerns the whole file.
  package let line: Int?
  package let column: Int?
  package let reason: String
  /// How to fix the error; nil when the reason makes it clear.
  package let advice: String?
  /// The other errors that were found with this one, in the order of their places.
  package private(set) var further: [PlanFileError] = []
  /// Whether the error only follows from one that has been reported.
  private(set) var isConsequence = false

  package init(file: String, line: Int? = nil, column: Int? = nil, reason: String, advice: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.advice = advice
  }

  /// The error of a row whose table lacks a column, which the header's error has reported.
  static func missingColumn(_ column: String, in file: String) -> PlanFileError {
    var error = PlanFileError(file: file, reason: "there is no column \"\(column)\"")
    error.isConsequence = true
    return error
  }

  /// This error and the others, each by itself.
  package var all: [PlanFileError] {
    var first = self
    first.further = []
    return [first] + further
  }

  /// Returns one error for all of them; nil for none.
  static func all(of errors: [PlanFileError]) -> PlanFileError? {
    let all = errors.flatMap(\.all)
    guard var first = all.first else { return nil }
    first.further = Array(all.dropFirst())
    return first
  }

  /// Returns the error with another name of its file, such as a path.
  package func renamed(_ name: String) -> PlanFileError {
    PlanFileError(file: name, line: line, column: column, reason: reason, advice: advice)
  }

  /// A line for each error.
  package var description: String { all.map(\.text).joined(separator: "\n") }

  private var text: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    return "\(place): \(reason)" + (advice.map { "; \($0)" } ?? "")
  }
}

/// Finds the known word that a mistyped word most likely means.
package struct NearestWord {
  private let known: [String]

  package init(known: [String]) {
    self.known = known
  }

  /// Returns "did you mean …?" for a word within one to three edits of a known one, depending on its length, or else
  /// the list of known words.
  func advice(for word: String) -> String {
    nearest(to: word).map { "did you mean \"\($0)\"?" } ?? "known are \(known.sorted().joined(separator: ", "))"
  }

  /// The word that a mistyped one most likely means; nil when none is near enough.
  package func nearest(to word: String) -> String? {
    let nearest = known.map { ($0, Self.edits(from: word, to: $0)) }.min { $0.1 < $1.1 }
    return nearest.flatMap { $0.1 <= max(1, min(3, word.count / 3)) ? $0.0 : nil }
  }

  /// The number of characters to insert, leave out, replace or swap with the next (optimal string alignment), computed row
  /// by row.
  static func edits(from first: String, to second: String) -> Int {
    let (source, target) = (Array(first), Array(second))
    var (above, before) = (Array(0...target.count), [Int]())
    for (line, character) in source.enumerated() {
      var row = [line + 1]
      for (column, other) in target.enumerated() {
        var edits = min(above[column] + (character == other ? 0 : 1), above[column + 1] + 1, row[column] + 1)
        if line > 0, column > 0, character == target[column - 1], source[line - 1] == other {
          edits = min(edits, before[column - 1] + 1)
        }
        row.append(edits)
      }
      (before, above) = (above, row)
    }
    return above[target.count]
  }
}
