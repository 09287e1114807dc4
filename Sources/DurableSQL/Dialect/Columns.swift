import DurableExecution

/// Reads a row column by column, in the order of the statement that selects them.
package struct Columns {
  package let row: any SQLRow
  private var position: Int

  /// - Parameter first: the first column to read.
  package init(_ row: any SQLRow, from first: Int = 0) {
    self.row = row
    position = first
  }

  /// - Throws: `StoreFailure.corrupt` if there is no value, or one of another type. The same applies to the methods
  ///   below.
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

/// An argument of a statement.
package enum SQLValue: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  case bytes([UInt8])
  case flag(Bool)
  /// A list as one argument: `\(oneOf: 1)`.
  case texts([String])

  package static func text(optional value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
  package static func integer(optional value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }
  package static func bytes(optional value: [UInt8]?) -> SQLValue { value.map(SQLValue.bytes) ?? .null }
  package static func count(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  package static func count(optional value: Int?) -> SQLValue { value.map(SQLValue.count) ?? .null }
}

extension String {
  /// Whether the text has a NUL character, at which a database may cut it off.
  package var holdsNUL: Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
  }
}
