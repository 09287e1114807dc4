/// A place in a text, for the person who looks for it there. Lines and columns are counted from 1.
package struct TextPlace: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  /// The number of the character in its line.
  package let column: Int

  package init(line: Int, column: Int) {
    (self.line, self.column) = (line, column)
  }

  package var description: String { "line \(line), column \(column)" }

  /// Returns this place of a part in the whole text.
  ///
  /// - Parameter start: where the part begins.
  package func counted(from start: TextPlace) -> TextPlace {
    TextPlace(line: start.line + line - 1, column: line == 1 ? start.column + column - 1 : column)
  }
}
