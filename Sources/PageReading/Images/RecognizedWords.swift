import ClaimFormats

/// The words of a picture, from the table that `tesseract … tsv` prints: a line for each word with its place in pixels, its
/// confidence in percent and its text.
struct RecognizedWords: Hashable {
  private(set) var words: [PlacedWord] = []

  /// - Returns: nil when the text is no such table, or has more words than `limit`.
  init?(_ bytes: [UInt8], pixelsPerInch: Int, wordLimit limit: Int) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
    guard let heading = lines.popFirst(), heading.elementsEqual(Self.heading.utf8) else { return nil }
    let scale = 72 / Double(pixelsPerInch)
    for line in lines {
      let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 12, let level = Int(cells[0]) else { return nil }
      guard level == Self.wordLevel else { continue }
      guard words.count < limit, let left = Int(cells[6]), let top = Int(cells[7]), let width = Int(cells[8]),
        let height = Int(cells[9]), let confidence = Double(cells[10]), (0...100).contains(confidence),
        [left, top, width, height].allSatisfy({ (0...1_000_000).contains($0) })
      else { return nil }
      // A speck that the engine has taken for a word without a character.
      guard !cells[11].allSatisfy(\.isWhitespace) else { continue }
      guard cells[11].isShownText else { return nil }
      let box = PageBox(
        left: Double(left) * scale, top: Double(top) * scale, right: Double(left + width) * scale,
        bottom: Double(top + height) * scale)
      words.append(PlacedWord(cells[11], in: box, confidence: Int(confidence)))
    }
  }

  private static let wordLevel = 5
  private static let heading =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
}
