/// An argument of a statement.
package enum SQLValue: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  case bytes([UInt8])
  case flag(Bool)
  /// One argument that is a list: `\(oneOf: 1)`.
  case texts([String])

  package static func text(optional value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
  package static func integer(optional value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }
  package static func bytes(optional value: [UInt8]?) -> SQLValue { value.map(SQLValue.bytes) ?? .null }
  package static func count(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  package static func count(optional value: Int?) -> SQLValue { value.map(SQLValue.count) ?? .null }
}
