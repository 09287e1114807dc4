/// Where the typing lies beside the boxes. A form that lay crooked in its printer has all of its typing shifted by the
/// same distance, which its own lines and boxes show.
struct TypingFit: Hashable, Sendable {
  /// In lines and columns; what has to be added to the place of each word.
  let lines: Double
  let columns: Double
  /// The part of the typing that then lies in boxes, from 0 to 1.
  let share: Double
  /// Whether another shift, by a good part of a line, does nearly as well: then nothing says which is right.
  let isAmbiguous: Bool

  init(_ words: [TypedWord], _ layout: FormLayout) {
    let typed = words.filter { !$0.isSmall && !layout.isOnlyMark($0) }
    guard !typed.isEmpty else {
      self.init(lines: 0, columns: 0, share: 0, isAmbiguous: false)
      return
    }
    let total = Double(typed.reduce(0) { $0 + $1.characters.count })
    func score(_ lines: Double, _ columns: Double) -> Double {
      typed.reduce(0) { $0 + layout.agreement($1, lines, columns) } / total
    }
    let rows = stride(from: -0.8, through: 0.8, by: 0.1).map { ($0, score($0, 0)) }
    let row = rows.max { $0.1 < $1.1 } ?? (0, 0)
    let across = stride(from: -1.2, through: 1.2, by: 0.1).map { ($0, score(row.0, $0)) }
    let roughColumn = (across.max { $0.1 < $1.1 } ?? (0, 0)).0
    let nearColumns = stride(from: roughColumn - 0.1, through: roughColumn + 0.1, by: 0.025)
    let column = nearColumns.map { ($0, score(row.0, $0)) }.max { $0.1 < $1.1 }?.0 ?? roughColumn
    let nearRows = stride(from: row.0 - 0.1, through: row.0 + 0.1, by: 0.025)
    let best = nearRows.map { ($0, score($0, column)) }.max { $0.1 < $1.1 } ?? row
    let rival = rows.map(\.0).filter { abs($0 - best.0) > 0.45 }.map { score($0, column) }.max() ?? 0
    self.init(lines: best.0, columns: column, share: best.1, isAmbiguous: rival > best.1 * 0.93)
  }

  private init(lines: Double, columns: Double, share: Double, isAmbiguous: Bool) {
    self.lines = lines
    self.columns = columns
    self.share = share
    self.isAmbiguous = isAmbiguous
  }
}

extension FormLayout {
  /// Whether a word is a single character, which shows little about where the typing lies.
  fileprivate func isOnlyMark(_ word: TypedWord) -> Bool { word.characters.count < 2 }

  /// How well a shifted word lies in the boxes of its line: its characters, each counted by how near the middle of the
  /// line it is, and a little more where the word begins where its box does.
  fileprivate func agreement(_ word: TypedWord, _ lines: Double, _ columns: Double) -> Double {
    let line = word.line + lines
    let number = Int(line.rounded(.down))
    let offset = abs(line - Double(number) - 0.5)
    let boxes = boxes(onLine: number)
    guard !boxes.isEmpty else { return 0 }
    let left = word.column + columns
    let count = Double(word.characters.count)
    var inside = 0.0
    var distance = 1.0
    for box in boxes where box.mark == nil {
      distance = min(distance, abs(box.columns.lowerBound - left))
      // The characters whose middle is in the box.
      let first = ((box.reach.lowerBound - left) / word.pitch - 0.5).rounded(.up)
      let last = ((box.reach.upperBound - left) / word.pitch - 0.5).rounded(.down)
      inside += max(0, min(last, count - 1) - max(first, 0) + 1)
    }
    guard inside > 0 else { return 0 }
    let begins = distance < 0.15 ? 1 : distance < 0.4 ? 0.5 : 0
    return min(inside, count) * (1 - offset * offset * 2) * (0.8 + 0.2 * begins)
  }
}
