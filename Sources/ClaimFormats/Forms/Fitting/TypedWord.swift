/// A word of a page, by the lines and columns of a form.
struct TypedWord: Hashable, Sendable {
  let word: PlacedWord
  let characters: [Character]
  /// The column at which it begins and the columns that it takes.
  var column: Double
  let width: Double
  /// The middle of the word; the middle of the first line is 1.5.
  var line: Double
  /// Whether it is smaller than typing on this page, as captions are.
  var isSmall = false

  /// The columns of one character.
  var pitch: Double { width / Double(characters.count) }

  /// The middle of a character.
  func column(of index: Int) -> Double { column + (Double(index) + 0.5) * pitch }

  /// The words of a page as a transform puts them onto the form.
  static func all(_ words: [PlacedWord], _ transform: PageTransform, _ grid: PrintGrid) -> [TypedWord] {
    var typed = words.compactMap { word -> TypedWord? in
      let middle = (word.box.top + word.box.bottom) / 2
      let left = transform(PagePoint(x: word.box.left, y: middle))
      let right = transform(PagePoint(x: word.box.right, y: middle))
      guard right.x > left.x, !word.text.isEmpty else { return nil }
      return TypedWord(
        word: word, characters: Array(word.text), column: grid.column(at: left.x),
        width: (right.x - left.x) / PrintGrid.columnWidth, line: grid.line(at: (left.y + right.y) / 2))
    }
    let heights = typed.filter { $0.characters.count > 2 && $0.pitch > 0.8 }.map(\.height).sorted()
    let usual = heights.isEmpty ? 0 : heights[heights.count / 2]
    for index in typed.indices {
      let word = typed[index]
      typed[index].isSmall = word.characters.count > 2 ? word.pitch < 0.62 : word.height < usual * 0.7
    }
    return typed
  }

  private var height: Double { word.box.bottom - word.box.top }
}
