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
