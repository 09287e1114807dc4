import DurableExecution
import DurableSQL
import PostgresDriver

extension PostgresArguments {
  /// - Throws: `StoreFailure.data` for a text that PostgreSQL cannot hold. The server would refuse it too, and fail the
  ///   transaction; a text must never be sent and cut off at such a character.
  init(_ values: [SQLValue], of statement: Statement) throws(StoreFailure) {
    self.init()
    for value in values {
      switch value {
      case .null: appendNull()
      case .text(let text):
        try Self.refuseNUL(text, statement.name)
        append(text: text)
      case .integer(let integer): append(integer: integer)
      case .bytes(let bytes): append(bytes: bytes)
      case .flag(let flag): append(flag: flag)
      case .texts(let texts):
        for text in texts { try Self.refuseNUL(text, statement.name) }
        append(texts: texts)
      }
    }
  }

  /// Appends the values of a column as an array.
  mutating func append(
    column: Int, of type: ElementType, in rows: ArraySlice<[SQLValue]>, _ name: String
  ) throws(StoreFailure) {
    for row in rows {
      switch (row[column], type) {
      case (.null, _), (.text, .text), (.integer, .integer), (.bytes, .bytes), (.flag, .flag): break
      default: throw .failed("a column of \(name) has values of two types")
      }
      if case .text(let text) = row[column] { try Self.refuseNUL(text, name) }
    }
    append(arrayOf: type, rows) { row, elements in
      switch row[column] {
      case .null, .texts: elements.appendNull()
      case .text(let text): elements.append(text: text)
      case .integer(let integer): elements.append(integer: integer)
      case .bytes(let bytes): elements.append(bytes: bytes)
      case .flag(let flag): elements.append(flag: flag)
      }
    }
  }

  private static func refuseNUL(_ text: String, _ statement: String) throws(StoreFailure) {
    guard text.holdsNUL else { return }
    throw .data("a text with a NUL character (\(statement))")
  }
}
