/// One SQL statement under its name, in both dialects. It is written once: `$1` is the first argument in either, and
/// where the dialects differ the text has a piece for each.
package struct Statement: Sendable {
  /// Short and unique: `claims.update`. Probes, metrics and PostgreSQL's prepared statements know it by this.
  package let name: String
  package let sqlite: String
  package let postgres: String

  package init(_ name: String, _ text: DialectText) {
    self.name = name
    // SQLite's own form of a numbered argument.
    sqlite = text.sqlite.replacing("$", with: "?")
    postgres = text.postgres
  }
}

/// SQL text for two dialects. Only what is written in the source goes into it; values are arguments, always.
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
    /// Locks the rows that are selected.
    case locking
    /// Locks the rows that are selected, and passes by those that others hold.
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

    /// A list of columns, or another part that several statements share.
    package mutating func appendInterpolation(_ part: DialectText) {
      sqlite += part.sqlite
      postgres += part.postgres
    }

    package mutating func appendInterpolation(_ piece: Piece) {
      switch piece {
      // Writers of SQLite take turns: there is nobody to wait for, or to be passed by.
      case .locking: postgres += "FOR UPDATE"
      case .skippingLocked: postgres += "FOR UPDATE SKIP LOCKED"
      }
    }

    /// `column \(oneOf: 1)`: the argument of this number is a list of texts, and the column is one of them.
    package mutating func appendInterpolation(oneOf argument: Int) {
      sqlite += "IN (SELECT value FROM json_each($\(argument)))"
      postgres += "= ANY ($\(argument)::text[])"
    }
  }
}
