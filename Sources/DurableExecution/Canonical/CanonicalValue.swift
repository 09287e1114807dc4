/// A value that writes its own canonical JSON, without the containers of `Codable`.
///
/// Conform the types that are written most often: this takes a small part of the time of `encode(to:)`. The bytes must be
/// the same. A test compares the two for each type, because nothing else notices a member that is missing.
package protocol CanonicalValue: Encodable {
  /// - Throws: `EncodingError` for values that JSON cannot represent.
  func write(to writer: inout CanonicalWriter) throws
}

/// A value that is written as an object.
package protocol CanonicalObject: CanonicalValue {
  /// Writes each member, in the order of their names.
  ///
  /// - Parameter object: the writer, within the braces of this object.
  /// - Throws: `EncodingError` for values that JSON cannot represent.
  func writeMembers(to object: inout CanonicalWriter) throws
}

extension CanonicalObject {
  package func write(to writer: inout CanonicalWriter) throws {
    try writer.object { try writeMembers(to: &$0) }
  }
}

extension CanonicalValue where Self: RawRepresentable, RawValue == String {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(rawValue) }
}

extension String: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(self) }
}

extension Bool: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(self) }
}

extension Int: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { try writer.write(integer: self) }
}

extension Array: CanonicalValue where Element: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { try writer.list(self) }
}

extension Dictionary: CanonicalValue where Key == String, Value: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws {
    try writer.object { object in
      for (name, value) in sorted(by: { CanonicalText.precedes($0.key, $1.key) }) {
        try object.member(named: name, value)
      }
    }
  }
}
