/// One named SQL statement, in both dialects. It is written once: `$1` is the first argument in both, and the text has
/// a piece for each dialect where they differ.
package struct Statement: Sendable {
  /// Short and unique: `claims.update`. Probes, metrics and PostgreSQL's prepared statements use this name.
  package let name: String
  package let sqlite: String
  package let postgres: String

  package init(_ name: String, _ text: DialectText) {
    self.name = name
    sqlite = SQLText(text.sqlite).markedForSQLite
    postgres = text.postgres
  }
}

/// SQL text for two dialects. It contains only text from the source code; values are always arguments.
package struct DialectText: ExpressibleByStringInterpolation, Sendable {
  package let sqlite: String
  package let postgres: String

  package init(sqlite: String, postgres: String) {
    self.sqlite = sqlite
    self.postgres = postgres
  }

  package init(stringLiteral text: String) {
    self.init(sqlite: text, postgres: text)
  }

  package init(stringInterpolation pieces: StringInterpolation) {
    self.init(sqlite: pieces.sqlite, postgres: pieces.postgres)
  }

  package enum Piece {
    /// Locks the selected rows.
    case locking
    /// Locks the selected rows, and skips rows that other transactions have locked.
    case skippingLocked
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sqlite = ""
    fileprivate var postgres = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ text: String) {
      sqlite += text
      postgres += text
    }

    /// Appends a list of columns, or another part that several statements share.
    package mutating func appendInterpolation(_ part: DialectText) {
      sqlite += part.sqlite
      postgres += part.postgres
    }

    package mutating func appendInterpolation(_ piece: Piece) {
      switch piece {
      // SQLite runs one writer at a time, so there are no other writers to wait for or to skip.
      case .locking: postgres += "FOR UPDATE"
      case .skippingLocked: postgres += "FOR UPDATE SKIP LOCKED"
      }
    }

    /// Appends a condition such as `column \(oneOf: 1)`: the argument with this number is a list of texts, and the
    /// column equals one of them.
    package mutating func appendInterpolation(oneOf argument: Int) {
      sqlite += "IN (SELECT value FROM json_each($\(argument)))"
      postgres += "= ANY ($\(argument)::text[])"
    }
  }
}
