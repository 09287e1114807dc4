/// What `claims-image page` prints: a page of a picture file, upright and straight, and the words that were typed on it.
struct StraightPage: Hashable {
  /// Every page is brought to this resolution, whatever the file has.
  static let pixelsPerInch = 300

  /// How many pages the file has.
  let pageCount: Int
  /// In pixels.
  let width: Int
  let height: Int
  /// For people: the page in grey, as a PNG.
  let shown: [UInt8]
  /// For the engine: the page with an even background, as a PNG.
  let even: [UInt8]
  let typed: [TypedWord]

  /// - Returns: nil when the bytes are anything else, or have more words than `limit`.
  init?(_ bytes: [UInt8], wordLimit limit: Int) {
    var output = ToolOutput(bytes)
    // page COUNT WIDTH HEIGHT SKEW LENGTH LENGTH WORDS
    guard let heading = output.numbers(after: "page", count: 7), heading[0] > 0, heading[1] > 0, heading[2] > 0,
      (0...limit).contains(heading[6]), let shown = output.take(heading[4]), let even = output.take(heading[5])
    else { return nil }
    pageCount = heading[0]
    width = heading[1]
    height = heading[2]
    self.shown = shown
    self.even = even
    var typed: [TypedWord] = []
    for _ in 0..<heading[6] {
      guard let word = TypedWord(&output) else { return nil }
      typed.append(word)
    }
    guard output.isAtEnd else { return nil }
    let glyphs = typed.reduce(0) { $0 + $1.glyphs.count }
    guard typed.allSatisfy({ $0.glyphs.allSatisfy { $0.allSatisfy { $0.glyph < glyphs } } }) else { return nil }
    self.typed = typed
  }
}

/// A word that was typed on a page, before it is read.
struct TypedWord: Hashable {
  /// Another glyph of the page that looks like one.
  struct Neighbor: Hashable {
    /// Its number on the page, from 0.
    let glyph: Int
    /// From 0 to 1, which is the same.
    let likeness: Double
  }

  /// In pixels.
  let left: Int
  let top: Int
  let right: Int
  let bottom: Int
  /// Whether the word may have lost a part, at the edge of the sheet or because a character is broken.
  let isDamaged: Bool
  /// For each character, those of the page that look like it.
  let glyphs: [[Neighbor]]
  /// The word with nothing around it, as a PNG.
  let picture: [UInt8]

  fileprivate init?(_ output: inout ToolOutput) {
    // word LEFT TOP RIGHT BOTTOM DAMAGED GLYPHS LENGTH
    guard let heading = output.numbers(after: "word", count: 7), heading.allSatisfy({ $0 >= 0 }),
      heading[2] > heading[0], heading[3] > heading[1], heading[5] > 0, heading[5] <= 10_000
    else { return nil }
    (left, top, right, bottom, isDamaged) = (heading[0], heading[1], heading[2], heading[3], heading[4] != 0)
    var glyphs: [[Neighbor]] = []
    for _ in 0..<heading[5] {
      guard let pairs = output.numbers(after: "glyph", count: nil), pairs.count.isMultiple(of: 2),
        pairs.allSatisfy({ $0 >= 0 })
      else { return nil }
      glyphs.append(
        stride(from: 0, to: pairs.count, by: 2).map {
          Neighbor(glyph: pairs[$0], likeness: Double(min(pairs[$0 + 1], 1_000)) / 1_000)
        })
    }
    guard let picture = output.take(heading[6]) else { return nil }
    self.glyphs = glyphs
    self.picture = picture
  }
}

/// Lines of numbers with bytes between them, read from the beginning to the end.
private struct ToolOutput {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Reads a line that begins with a word.
  ///
  /// - Parameter count: how many numbers follow; nil for any.
  mutating func numbers(after word: String, count: Int?) -> [Int]? {
    guard let end = rest.prefix(400).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
    rest = rest[(end + 1)...]
    let numbers = words.dropFirst().compactMap { Int($0) }.filter { abs($0) <= 1 << 31 }
    guard words.first == word[...], numbers.count == words.count - 1, count == nil || count == numbers.count else {
      return nil
    }
    return numbers
  }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard count > 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
