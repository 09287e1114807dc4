/// What is typed into one box.
struct Typing: Hashable, Sendable {
  /// A run of characters of one word, with the middle of each.
  struct Piece: Hashable, Sendable {
    let characters: [Character]
    let columns: [Double]
    let word: PlacedWord
  }

  let box: FormBox
  var pieces: [Piece] = []
  /// Whether some of it may belong to another box.
  var straddles = false
  /// Whether some of it is as small as a caption.
  var isSmall = false

  var text: String {
    pieces.sorted { $0.columns[0] < $1.columns[0] }.map { String($0.characters) }.joined(separator: " ")
  }

  /// The text as the box's grammar takes it. The cents of an amount stand in the last two columns of its box, with or
  /// without a blank before them.
  var codeText: String {
    let text = text
    guard box.grammar == .amount, !text.contains(".") else { return text }
    let cents = box.columns.upperBound - 2
    let signs = pieces.flatMap { zip($0.columns, $0.characters) }.sorted { $0.0 < $1.0 }
    let dollars = signs.filter { $0.0 < cents }.map(\.1)
    return "\(String(dollars)) \(String(signs.filter { $0.0 >= cents }.map(\.1)))"
  }

  /// The columns between which it stands.
  var start: Double? { pieces.compactMap { $0.columns.first }.min().map { $0 - 0.5 } }
  var end: Double? { pieces.compactMap { $0.columns.last }.max().map { $0 + 0.5 } }

  var confidence: Int? { pieces.compactMap(\.word.confidence).min() }
}

/// The typing of a page, by box.
struct PageTyping: Sendable {
  private(set) var typings: [FormBox: Typing] = [:]
  /// Whether the box of the total says that the form is continued on another page.
  private(set) var saysContinued = false
  /// Words that no box has and that say what the whole page is, such as VOID.
  private(set) var notices: [PlacedWord] = []

  /// What is stamped or written across a form that is not to be taken as it stands.
  private static let noticeWords: Set = [
    "VOID", "VOIDED", "CANCEL", "CANCELED", "CANCELLED", "CORRECTED", "CORRECTION", "REPLACEMENT", "DUPLICATE", "COPY",
    "TRACER", "APPEAL", "SAMPLE", "SPECIMEN", "TEST", "DRAFT",
  ]

  /// How near the edge of its line the middle of a word may be, in lines.
  private static let margin = 0.13
  /// How near the edge of a box the middle of a character may be where one word fills two boxes, in columns.
  private static let edge = 0.25

  init(_ words: [TypedWord], _ layout: FormLayout, _ fit: TypingFit) {
    for var word in words {
      word.column += fit.columns
      word.line += fit.lines
      place(word, layout)
    }
    markRunningOn(layout)
    guard fit.isAmbiguous else { return }
    for box in typings.keys { typings[box]?.straddles = true }
  }

  private mutating func place(_ word: TypedWord, _ layout: FormLayout) {
    if isCaption(word, layout) { return }
    let number = Int(word.line.rounded(.down))
    let boxes = layout.boxes(onLine: number)
    if word.saysContinued, boxes.contains(where: { $0.name == "28" && $0.reach.contains(word.column + 1) }) {
      saysContinued = true
      return
    }
    let owners = word.characters.indices.map { index in
      boxes.firstIndex { $0.reach.contains(word.column(of: index)) }
    }
    let touched = owners.compactMap(\.self).uniqued
    let isBetweenLines = abs(word.line - Double(number) - 0.5) > 0.5 - Self.margin
    if isBetweenLines {
      // A caption that the table does not have stands between the lines that are typed.
      if word.isSmall { return }
      markNeighbors(of: word, layout, number)
    }
    guard let first = touched.first else {
      if Self.noticeWords.contains(FormCaption.plain(word.word.text)) { notices.append(word.word) }
      return
    }
    if touched.count > 1, divides(word, owners, boxes) {
      for owner in touched {
        add(word, word.characters.indices.filter { owners[$0] == owner }, to: boxes[owner], isBetweenLines)
      }
    } else if touched.count > 1 {
      let most = touched.max { left, right in owners.count { $0 == left } < owners.count { $0 == right } } ?? first
      for owner in touched where owner != most {
        typings[boxes[owner], default: Typing(box: boxes[owner])].straddles = true
      }
      add(word, Array(word.characters.indices), to: boxes[most], true)
    } else {
      let inside = word.characters.indices.filter { owners[$0] == first }
      let isMark = boxes[first].mark != nil
      let isMostlyOutside = Double(word.characters.count - inside.count) * word.pitch > 1.5
      add(
        word, isMark ? inside : Array(word.characters.indices), to: boxes[first],
        isBetweenLines || (!isMark && isMostlyOutside))
    }
  }

  /// Whether a word is print of the form: small, and a word of a caption or where one stands. Typing is in capitals.
  private func isCaption(_ word: TypedWord, _ layout: FormLayout) -> Bool {
    // An engine reads the ruled lines of a form as vertical bars, a character that is never typed.
    let isPrint =
      word.isSmall
      || (word.word.confidence != nil && word.characters.contains { $0.isLowercase || $0 == "|" })
    guard isPrint else { return false }
    return (word.isSmall && layout.isCaption(word.word.text))
      || layout.isCaptionPlace(line: word.line, from: word.column, to: word.column + word.width)
  }

  /// Text that goes on into the next box with a single blank, where both hold any text, may be one that is too long for its
  /// box.
  private mutating func markRunningOn(_ layout: FormLayout) {
    for (box, typing) in typings where box.grammar.isText {
      guard let end = typing.end else { continue }
      let next = layout.boxes(onLine: box.line).first { $0.columns.lowerBound >= box.columns.upperBound }
      guard let next, next.grammar.isText, let start = typings[next]?.start, start - end < 1.5 else { continue }
      typings[box]?.straddles = true
      typings[next]?.straddles = true
    }
  }

  /// A word between two lines may belong to the boxes of either.
  private mutating func markNeighbors(of word: TypedWord, _ layout: FormLayout, _ number: Int) {
    let other = word.line - Double(number) < 0.5 ? number - 1 : number + 1
    for box in layout.boxes(onLine: other) where box.mark == nil {
      let overlaps = word.characters.indices.contains { box.reach.contains(word.column(of: $0)) }
      if overlaps { typings[box, default: Typing(box: box)].straddles = true }
    }
  }

  /// Whether a word fills several boxes that have no room between them, such as a diagnosis and whether it was present on
  /// admission, with each character well within its own box and each part what its box may hold. Text that is too long
  /// for its box only looks so.
  private func divides(_ word: TypedWord, _ owners: [Int?], _ boxes: [FormBox]) -> Bool {
    guard (0.85...1.15).contains(word.pitch) else { return false }
    for owner in owners.uniqued.compactMap(\.self) {
      let part = word.characters.indices.filter { owners[$0] == owner }.map { word.characters[$0] }
      let grammar = boxes[owner].grammar
      guard grammar.isCode, grammar.outcome(of: String(part)).value != nil else { return false }
    }
    for index in word.characters.indices {
      guard let owner = owners[index] else { return false }
      let column = word.column(of: index)
      let reach = boxes[owner].reach
      let isAtEdge = min(column - reach.lowerBound, reach.upperBound - column) < Self.edge
      let isBeforeOther = index + 1 < owners.count && owners[index + 1] != owner
      let isAfterOther = index > 0 && owners[index - 1] != owner
      if isAtEdge, isBeforeOther || isAfterOther { return false }
      if isBeforeOther, let next = owners[index + 1] {
        guard boxes[next].columns.lowerBound - boxes[owner].columns.upperBound < 0.9 else { return false }
      }
    }
    return true
  }

  private mutating func add(_ word: TypedWord, _ indices: [Int], to box: FormBox, _ straddles: Bool) {
    let piece = Typing.Piece(
      characters: indices.map { word.characters[$0] }, columns: indices.map { word.column(of: $0) }, word: word.word)
    typings[box, default: Typing(box: box)].pieces.append(piece)
    if straddles { typings[box]?.straddles = true }
    if word.isSmall { typings[box]?.isSmall = true }
  }
}

extension TypedWord {
  /// Whether the word is CONTINUED or a short form of it.
  fileprivate var saysContinued: Bool {
    let plain = FormCaption.plain(word.text)
    return plain == "CONT" || plain == "CONTD" || FormCaption.resemble("CONTINUED", plain)
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repeats, in their order.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
