/// One named SQL statement, in both dialects. It is written once: `$1` is the first argument in both, and the text has
/// a piece for each dialect where they differ.
package struct Statement: Sendable {
  /// Short and unique: `claims.update`. Probes, metrics and PostgreSQL's prepared statements use this name.
  package let name: String
  package let sqlite: String
  package let postgres: String
  /// The form for many rows of arguments at once; nil if there is none.
  package let rowsForm: RowsForm?
  /// The statement for lists of one text each; nil if it takes no list.
  private let ofOne: OneText?

  /// - Parameter rowsForm: does for each row what the text does for one.
  package init(_ name: String, _ text: DialectText, forRows rowsForm: RowsForm? = nil) {
    self.name = name
    self.rowsForm = rowsForm
    sqlite = SQLText(text.sqlite).markedForSQLite
    postgres = text.postgres
    ofOne = text.ofOne.map { OneText(sqlite: SQLText($0.sqlite).markedForSQLite, postgres: $0.postgres) }
  }

  /// Creates a statement that inserts its arguments as a row.
  ///
  /// - Parameters:
  ///   - columns: the names of the columns, separated by commas.
  ///   - key: the columns of a key; a row whose key is there already is passed over.
  package init(_ name: String, insertInto table: String, _ columns: DialectText, unlessThereIs key: String? = nil) {
    let names = columns.postgres
    let arguments = (1...names.split(separator: ",").count).map { "$\($0)" }.joined(separator: ", ")
    let insert = "INSERT INTO \(table) (\(names))"
    let end = key.map { " ON CONFLICT (\($0)) DO NOTHING" } ?? ""
    self.init(
      name, DialectText(stringLiteral: "\(insert) VALUES (\(arguments))\(end)"),
      forRows: RowsForm(
        DialectText(stringLiteral: "\(insert) SELECT \(arguments) FROM"), DialectText(stringLiteral: end)))
  }

  /// Creates a statement that updates the rows for which the condition holds.
  ///
  /// - Parameter columns: the columns to return of each row that is updated; nil for a statement that is no query.
  package init(
    _ name: String, update table: String, set values: DialectText, where condition: DialectText,
    returning columns: DialectText? = nil
  ) {
    let update: DialectText = "UPDATE \(DialectText(stringLiteral: table)) SET \(values)"
    let (answer, others) = columns.map { (" RETURNING \($0)", ", \($0)") } ?? ("", "") as (DialectText, DialectText)
    self.init(
      name, "\(update) WHERE \(condition)\(answer)",
      forRows: RowsForm("\(update) FROM", "WHERE \(condition) RETURNING row_n\(others)", isNumbered: true))
  }

  /// Creates a query that deletes the rows for which the condition holds, and returns columns of each.
  package init(
    _ name: String, deleteFrom table: String, where condition: DialectText, returning columns: DialectText
  ) {
    let delete: DialectText = "DELETE FROM \(DialectText(stringLiteral: table))"
    self.init(
      name, "\(delete) WHERE \(condition) RETURNING \(columns)",
      forRows: RowsForm("\(delete) USING", "WHERE \(condition) RETURNING row_n, \(columns)", isNumbered: true))
  }

  /// Creates a query that is answered for each row of arguments.
  package init(_ name: String, forEach query: DialectText) {
    self.init(
      name, query,
      forRows: RowsForm(
        "SELECT row_n, answer.* FROM", "CROSS JOIN LATERAL (\(query)) AS answer ORDER BY row_n", isNumbered: true))
  }

  private init(_ name: String, _ text: OneText) {
    self.name = name
    (sqlite, postgres, rowsForm, ofOne) = (text.sqlite, text.postgres, nil, nil)
  }

  /// Returns the statement and its arguments in a form without lists, if each list has one text. A database takes longer
  /// to look into a list than to find a row: PostgreSQL plans the statement anew each time.
  func withoutLists(_ arguments: [SQLValue]) -> (statement: Statement, arguments: [SQLValue]) {
    guard let ofOne else { return (self, arguments) }
    var single = arguments
    for (index, argument) in arguments.enumerated() {
      guard case .texts(let texts) = argument else { continue }
      guard texts.count == 1 else { return (self, arguments) }
      single[index] = .text(texts[0])
    }
    return (Statement("\(name).one", ofOne), single)
  }
}

/// The text of a statement that compares with one text where it would compare with a list.
struct OneText: Sendable {
  var sqlite = ""
  var postgres = ""
}

/// SQL text for two dialects. It contains only text from the source code; values are always arguments.
package struct DialectText: ExpressibleByStringInterpolation, Sendable {
  package let sqlite: String
  package let postgres: String
  /// The text for lists of one text; nil if there is no list.
  let ofOne: OneText?

  package init(sqlite: String, postgres: String) {
    self.sqlite = sqlite
    self.postgres = postgres
    ofOne = nil
  }

  package init(stringLiteral text: String) {
    self.init(sqlite: text, postgres: text)
  }

  package init(stringInterpolation pieces: StringInterpolation) {
    sqlite = pieces.sqlite
    postgres = pieces.postgres
    ofOne = pieces.hasList ? pieces.ofOne : nil
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
    fileprivate var ofOne = OneText()
    fileprivate var hasList = false

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ text: String) { append(sqlite: text, postgres: text) }

    /// Appends a list of columns, or another part that several statements share.
    package mutating func appendInterpolation(_ part: DialectText) {
      append(sqlite: part.sqlite, postgres: part.postgres, ofOne: part.ofOne)
    }

    package mutating func appendInterpolation(_ piece: Piece) {
      switch piece {
      // SQLite runs one writer at a time, so there are no other writers to wait for or to skip.
      case .locking: append(sqlite: "", postgres: "FOR UPDATE")
      case .skippingLocked: append(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
      }
    }

    /// Appends a condition such as `column \(oneOfThese: "SELECT …")`: the column equals one of the few values that the
    /// query returns. They are looked up one by one, whatever the planner believes about the table.
    package mutating func appendInterpolation(oneOfThese query: String) {
      append(sqlite: "IN (\(query))", postgres: "= ANY (ARRAY(\(query)))")
    }

    /// Appends a condition such as `column \(oneOf: 1)`: the argument with this number is a list of texts, and the
    /// column equals one of them.
    package mutating func appendInterpolation(oneOf argument: Int) {
      append(
        sqlite: "IN (SELECT value FROM json_each($\(argument)))", postgres: "= ANY ($\(argument)::text[])",
        ofOne: OneText(sqlite: "= $\(argument)", postgres: "= $\(argument)::text"))
    }

    private mutating func append(sqlite: String, postgres: String, ofOne one: OneText? = nil) {
      self.sqlite += sqlite
      self.postgres += postgres
      ofOne.sqlite += one?.sqlite ?? sqlite
      ofOne.postgres += one?.postgres ?? postgres
      if one != nil { hasList = true }
    }
  }
}
