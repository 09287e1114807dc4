import ClaimFormats

/// What `claims-image seen` prints: whether a page shows the words that its text has, and what else it shows.
///
/// A PDF may have text that nobody sees: white on white, drawn without ink, under a picture, outside of the page, too small; and
/// it may show what its text does not have. A claim is what a person reads on the page, so such a page is read as a picture.
struct SeenText: Hashable {
  /// Whether each word is seen, in the order of the words that were asked for.
  let words: [Bool]
  /// Ink as high as typing in no word, in points.
  let unsaid: [PageBox]

  /// - Parameter count: how many words were asked for.
  /// - Returns: nil when the text is anything else.
  init?(_ bytes: [UInt8], words count: Int, pixelsPerInch: Int) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    }
    let numbers = lines.map { $0.dropFirst().compactMap { Int($0) } }
    guard let heading = lines.first, heading.first == "seen", numbers[0].count == 2, numbers[0][0] == count,
      (0...1_000).contains(numbers[0][1]), lines.count == 1 + count + numbers[0][1],
      zip(lines, numbers).allSatisfy({ $1.count == $0.count - 1 })
    else { return nil }
    var words: [Bool] = []
    var unsaid: [PageBox] = []
    for (line, numbers) in zip(lines, numbers).dropFirst() {
      if line[0] == "word", numbers == [0] || numbers == [1], words.count < count {
        words.append(numbers == [1])
      } else if line[0] == "piece", numbers.count == 4, words.count == count {
        unsaid.append(PageBox(pixels: numbers, pixelsPerInch: pixelsPerInch))
      } else {
        return nil
      }
    }
    self.words = words
    self.unsaid = unsaid
  }

  /// The file of words that the tool reads.
  static func question(_ words: [PlacedWord], pixelsPerInch: Int) -> [UInt8] {
    let scale = Double(pixelsPerInch) / 72
    func pixel(_ points: Double) -> Int { Int(max(-100_000, min(100_000, points * scale)).rounded()) }
    let lines = words.map { word in
      let box = word.box
      return "\(pixel(box.left)) \(pixel(box.top)) \(pixel(box.right)) \(pixel(box.bottom)) \(word.text.count)\n"
    }
    return Array(lines.joined().utf8)
  }

  /// Whether the text of a page is what the page shows: all of its words are seen, and no box of its form shows anything else.
  func isWhatIsShown(on page: FormPage) -> Bool {
    guard words.allSatisfy(\.self) else { return false }
    guard !unsaid.isEmpty, let boxes = FormReader.boxes(on: page) else { return unsaid.isEmpty }
    return !unsaid.contains { piece in
      let (x, y) = ((piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2)
      return boxes.contains { $0.box.left <= x && x <= $0.box.right && $0.box.top <= y && y <= $0.box.bottom }
    }
  }
}

extension PageBox {
  fileprivate init(pixels: [Int], pixelsPerInch: Int) {
    let scale = 72 / Double(pixelsPerInch)
    self.init(
      left: Double(pixels[0]) * scale, top: Double(pixels[1]) * scale, right: Double(pixels[2]) * scale,
      bottom: Double(pixels[3]) * scale)
  }
}
