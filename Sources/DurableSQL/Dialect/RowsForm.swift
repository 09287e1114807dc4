/// The form of a statement that takes many rows of arguments at once. A server spends more on running a statement than on a
/// row.
///
/// It consists of two parts, with the rows between them: the first ends with `FROM` or `USING`. In both parts, `$1` is the
/// first value of a row, as it is in the form for one row. `row_n` is the number of the row, from 1.
package struct RowsForm: Sendable {
  /// Whether the answer starts with the number of the row that it is about.
  package let isNumbered: Bool
  private let head: [Piece]
  private let tail: [Piece]

  private enum Piece {
    case text(Substring)
    /// The argument with this index, from 0.
    case argument(Int)
  }

  package init(_ head: DialectText, _ tail: DialectText = "", isNumbered: Bool = false) {
    self.isNumbered = isNumbered
    self.head = Self.pieces(of: head.postgres)
    self.tail = Self.pieces(of: tail.postgres)
  }

  /// Returns the statement's text.
  ///
  /// - Parameters:
  ///   - hasValues: for each value of a row, whether any row has one. A column without values is NULL in the text.
  ///   - rows: an expression for the rows, with a column for each value that some row has.
  package func text(_ hasValues: [Bool], rows: String) -> String {
    let names = hasValues.indices.filter { hasValues[$0] }.map { "v\($0)" } + ["row_n"]
    func text(_ pieces: [Piece]) -> String {
      pieces.map { piece in
        switch piece {
        case .text(let text): String(text)
        case .argument(let index): hasValues[index] ? "v\(index)" : "NULL"
        }
      }.joined()
    }
    return "\(text(head)) \(rows) WITH ORDINALITY AS rows (\(names.joined(separator: ", "))) \(text(tail))"
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let mark = rest.firstMatch(of: /\$(\d+)/), let number = Int(mark.1) {
      pieces.append(.text(rest[..<mark.range.lowerBound]))
      pieces.append(.argument(number - 1))
      rest = rest[mark.range.upperBound...]
    }
    return pieces + [.text(rest)]
  }
}
