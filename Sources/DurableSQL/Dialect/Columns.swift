import DurableExecution

/// Reads a row column by column, in the order of the statement that selects them.
package struct Columns<Row: SQLRow> {
  package let row: Row
  private var position = 0

  package init(_ row: Row) {
    self.row = row
  }

  /// - Throws: `StoreFailure.corrupt` where there is no value, or one of another type. The same for those below.
  package mutating func text() throws -> String { try row.text(try valued()) }

  package mutating func integer() throws -> Int64 { try row.integer(try valued()) }

  package mutating func count() throws -> Int { Int(try integer()) }

  package mutating func flag() throws -> Bool { try integer() != 0 }

  package mutating func bytes() throws -> [UInt8] { try row.bytes(try valued()) }

  package mutating func textOrNil() throws -> String? { try optional().map(row.text) }

  package mutating func integerOrNil() throws -> Int64? { try optional().map(row.integer) }

  package mutating func bytesOrNil() throws -> [UInt8]? { try optional().map(row.bytes) }

  package mutating func isNull() -> Bool { optional() == nil }

  private mutating func optional() -> Int? {
    defer { position += 1 }
    return row.isNull(position) ? nil : position
  }

  private mutating func valued() throws -> Int {
    guard let column = optional() else {
      throw StoreFailure.corrupt("a column that always has a value is empty")
    }
    return column
  }
}
