import StrictText

/// A file's name and content, wherever they came from: a folder, or the binary itself.
package struct SourceFile: Hashable, Sendable {
  /// As errors show it: `PPO.yaml`, `plans/PPO.yaml`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The name without folder and ending: what a fee schedule is called by.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return (file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file).composed
  }
}

/// What is wrong with a plan, fee, member or published reference file, where, and what to do: one line, as compilers
/// write it.
package struct PlanFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// From 1; nil when the whole file is at fault.
  package let line: Int?
  package let column: Int?
  package let reason: String
  /// What to do about it; nil when the reason says it.
  package let advice: String?

  package init(file: String, line: Int? = nil, column: Int? = nil, reason: String, advice: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.advice = advice
  }

  package var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    return "\(place): \(reason)" + (advice.map { "; \($0)" } ?? "")
  }
}

/// Finds what somebody who mistyped a word most likely meant.
struct NearestWord {
  let known: [String]

  /// "did you mean …?" for a word within two edits of a known one, else the list of known words.
  func advice(for word: String) -> String {
    let nearest = known.map { ($0, Self.edits(from: word, to: $0)) }.min { $0.1 < $1.1 }
    guard let nearest, nearest.1 <= max(1, min(3, word.count / 3)) else {
      return "known are \(known.sorted().joined(separator: ", "))"
    }
    return "did you mean \"\(nearest.0)\"?"
  }

  /// The Levenshtein distance, row by row.
  static func edits(from first: String, to second: String) -> Int {
    let target = Array(second)
    var row = Array(0...target.count)
    for (line, character) in first.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in target.indices {
        let substituted = diagonal + (target[column] == character ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
      }
    }
    return row[target.count]
  }
}
