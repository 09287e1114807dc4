internal import ClaimsDomain

/// A form by its boxes: where each is typed, what it may hold, and the captions printed around them.
struct FormLayout: Sendable {
  let kind: FormKind
  let grid: PrintGrid
  let boxes: [FormBox]
  let captions: [FormCaption]
  /// The name of the form, where it is printed large; nil where it is not.
  let title: FormCaption?
  /// The rows of services on a page.
  let rows: Int
  /// By line, from zero.
  private let boxesByLine: [[FormBox]]
  /// The places in `boxes` of the first row of each name.
  private let order: [String: Int]
  private let captionWords: Set<String>

  /// - Parameters:
  ///   - table: One box to a line: `NAME LINE COLUMN WIDTH GRAMMAR`, with `!` for a box that must say something, and for
  ///     a box to mark `NAME LINE marks VALUE=COLUMN …`. A name with `#` stands for the same box of every service.
  ///   - captions: One caption to a line: `LINE COLUMN TEXT`.
  ///   - title: In the same way.
  init(
    kind: FormKind, grid: PrintGrid, rows: Int, lineStep: Int, table: String, captions: String, title: String? = nil
  ) {
    let boxes = Self.reaching(
      table.split(separator: "\n").flatMap {
        FormBox.parsing($0.split(separator: " "), rows: rows, lineStep: lineStep)
      })
    self.kind = kind
    self.grid = grid
    self.rows = rows
    self.boxes = boxes
    self.title = title.flatMap { FormCaption(parsing: $0[...]) }
    self.captions =
      [self.title].compactMap(\.self) + captions.split(separator: "\n").compactMap { FormCaption(parsing: $0) }
    let byLine = Dictionary(grouping: boxes, by: \.line)
    boxesByLine = (0...(byLine.keys.max() ?? 0)).map { line in
      (byLine[line] ?? []).sorted { $0.columns.lowerBound < $1.columns.lowerBound }
    }
    order = Dictionary(boxes.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    captionWords = Set(self.captions.flatMap(\.words)).union((1...23).map(String.init))
  }

  static func of(_ kind: FormKind) -> FormLayout { kind == .cms1500 ? .cms1500 : .ub04 }

  /// The boxes that are typed on a line, from left to right, each with its reach.
  func boxes(onLine line: Int) -> [FormBox] { boxesByLine.indices.contains(line) ? boxesByLine[line] : [] }

  /// The box that a field names, and the service, from one, where the form has the box for each.
  func box(of field: String) -> (box: FormBox, service: Int)? {
    let plain = field.split(separator: "@").first.map(String.init) ?? ""
    if let index = order[plain] { return (boxes[index], 0) }
    var words = plain.split(separator: ".").map(String.init)
    guard words.count > 1, let service = Int(words[1]), (1...ClaimKind.institutional.lineLimit).contains(service) else {
      return nil
    }
    words[1] = "#"
    // The rows of a name follow one another.
    return order[words.joined(separator: ".")].map { (boxes[$0 + (service - 1) % rows], service) }
  }

  /// The place of a field in the order of the form: its services stand together, one after the other.
  func position(of field: String) -> (block: Int, service: Int, box: Int) {
    guard let (box, service) = box(of: field), let index = order[box.name] else { return (.max, 0, .max) }
    return (service == 0 ? index : boxes.firstIndex { $0.row != nil } ?? 0, service, index)
  }

  /// Whether a word is part of some caption, allowing for a character in five that was read wrong.
  func isCaption(_ text: String) -> Bool {
    let word = FormCaption.plain(text)
    if word.isEmpty || captionWords.contains(word) { return true }
    guard word.count >= 4 else { return false }
    return captionWords.contains { FormCaption.resemble($0, word) }
  }

  /// Whether a word stands where a caption is printed. An engine that reads a picture makes all kinds of words of small
  /// print.
  func isCaptionPlace(line: Double, from column: Double, to end: Double) -> Bool {
    captions.contains { caption in
      caption.line > 0 && abs(caption.line + 0.5 - line) < 0.65 && column > caption.column - 1.5
        && end < caption.end + 1.5
    }
  }

  /// Lets each box reach a little beyond its columns, but no farther than halfway to the next box on its line, so that
  /// typing that is a little off is not lost and never gets into a neighbor.
  private static func reaching(_ boxes: [FormBox]) -> [FormBox] {
    let lines = Dictionary(grouping: boxes, by: \.line)
    return boxes.map { box in
      var box = box
      let (first, last) = (box.columns.lowerBound, box.columns.upperBound)
      let others = (lines[box.line] ?? []).map(\.columns)
      let before = others.map(\.upperBound).filter { $0 <= first }.max() ?? -.infinity
      let after = others.map(\.lowerBound).filter { $0 >= last }.min() ?? .infinity
      box.reach = max(first - 0.6, (first + before) / 2)...min(last + 0.6, (last + after) / 2)
      return box
    }
  }
}

/// One place to type on a form: a line and some of its columns.
struct FormBox: Hashable, Sendable {
  /// The name with `#` in place of a service's number; nil of `row` for a box that a form has once.
  let name: String
  /// The row of services on its page, from one.
  let row: Int?
  let line: Int
  /// The columns that are typed into.
  let columns: ClosedRange<Double>
  /// The columns in which typing that is a little off still belongs to the box.
  var reach: ClosedRange<Double>
  let grammar: FieldGrammar
  let isRequired: Bool
  /// The value that a mark here stands for; nil for a box that is typed into.
  let mark: String?

  /// The field's name for a service of a form, from one.
  func field(service: Int) -> String { row == nil ? name : name.replacing("#", with: "\(service)") }

  static func parsing(_ words: [Substring], rows: Int, lineStep: Int) -> [FormBox] {
    guard words.count > 3, let line = Int(words[1]) else { return [] }
    let name = String(words[0])
    let isRequired = words.last == "!"
    if words[2] == "marks" {
      return words.dropFirst(3).compactMap { word in
        let parts = word.split(separator: "=")
        guard parts.count == 2, let column = Double(parts[1]) else { return nil }
        return FormBox(
          name: name, row: nil, line: line, columns: column...column + 1, reach: column...column + 1, grammar: .mark,
          isRequired: isRequired,
          mark: String(parts[0]))
      }
    }
    guard let column = Double(words[2]), let width = Double(words[3]),
      let grammar = FieldGrammar(rawValue: "\(words[4])")
    else { return [] }
    return (0..<(name.contains("#") ? rows : 1)).map { row in
      FormBox(
        name: name, row: name.contains("#") ? row + 1 : nil, line: line + row * lineStep,
        columns: column...column + width, reach: column...column + width, grammar: grammar, isRequired: isRequired,
        mark: nil)
    }
  }
}

/// Text printed on a form, by which its place on a page is found.
struct FormCaption: Hashable, Sendable {
  let line: Double
  let column: Double
  /// In capitals, letters and digits only.
  let words: [String]

  /// The column where small print of this length ends.
  var end: Double { column + Double(words.reduce(0) { $0 + $1.count + 1 }) * 0.5 }

  init?(parsing text: Substring) {
    let parts = text.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, let line = Double(parts[0]), let column = Double(parts[1]) else { return nil }
    self.line = line
    self.column = column
    words = parts[2].split(separator: " ").map { Self.plain($0) }.filter { !$0.isEmpty }
  }

  static func plain(_ text: some StringProtocol) -> String {
    String(text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Whether two words differ in at most one character of five. Words of fewer than four must be equal.
  static func resemble(_ word: String, _ other: String) -> Bool {
    if word == other { return true }
    let (left, right) = (Array(word.utf8), Array(other.utf8))
    let allowed = min(left.count, right.count) / 4
    guard allowed > 0, abs(left.count - right.count) <= allowed else { return false }
    var previous = Array(0...right.count)
    for (row, sign) in left.enumerated() {
      var current = [row + 1]
      for (column, otherSign) in right.enumerated() {
        current.append(
          min(previous[column] + (sign == otherSign ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count] <= allowed
  }
}
