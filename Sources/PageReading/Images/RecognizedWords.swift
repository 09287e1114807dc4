/// The words of pictures, from the table that `tesseract … tsv` prints: a line for each word with the picture it is in, its
/// place in pixels, its confidence in percent and its text.
struct RecognizedWords: Hashable {
  struct Word: Hashable {
    /// The number of the picture, from 0.
    let picture: Int
    /// In pixels.
    let left: Int
    let top: Int
    let right: Int
    let bottom: Int
    let confidence: Int
    let text: String
  }

  private(set) var words: [Word] = []

  /// - Returns: nil when the text is no such table, or has more words than `limit`.
  init?(_ bytes: [UInt8], wordLimit limit: Int) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
    guard let heading = lines.popFirst(), heading.elementsEqual(Self.heading.utf8) else { return nil }
    for line in lines {
      let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 12, let level = Int(cells[0]) else { return nil }
      // The others are pages, blocks, paragraphs and lines. A word without a character is a speck.
      guard level == 5, !cells[11].allSatisfy(\.isWhitespace) else { continue }
      let numbers = [cells[1], cells[6], cells[7], cells[8], cells[9]].compactMap { Int($0) }
      guard words.count < limit, numbers.count == 5, numbers[0] > 0,
        numbers.allSatisfy({ (0...1_000_000).contains($0) }), let confidence = Double(cells[10]),
        (0...100).contains(confidence), cells[11].isShownText
      else { return nil }
      words.append(
        Word(
          picture: numbers[0] - 1, left: numbers[1], top: numbers[2], right: numbers[1] + numbers[3],
          bottom: numbers[2] + numbers[4], confidence: Int(confidence), text: cells[11]))
    }
  }

  private static let heading =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"

  /// What was read in each of `count` pictures of one word each, without the spaces that the engine may see in it.
  func readings(count: Int) -> [WordReading] {
    var readings = [WordReading?](repeating: nil, count: count)
    for word in words where word.picture < count {
      let before = readings[word.picture]
      readings[word.picture] = WordReading(
        text: (before?.text ?? "") + word.text, confidence: min(before?.confidence ?? 100, word.confidence))
    }
    return readings.map { $0 ?? WordReading(text: "", confidence: 0) }
  }
}

/// A word as the engine has read it.
struct WordReading: Hashable {
  var text: String
  /// In percent.
  var confidence: Int
}
