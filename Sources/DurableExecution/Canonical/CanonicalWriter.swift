import Foundation

/// Appends canonical JSON to one buffer.
///
/// What is written stays where it is, so the members of an object must be written in the order of RFC 8785: for names in
/// ASCII, the order of their bytes. A debug build stops at a member that is out of order.
package struct CanonicalWriter {
  var bytes: [UInt8] = []
  /// The last member of the innermost object; nil before the first.
  private var lastMember: StaticString?

  // MARK: Scalars

  package mutating func write(_ text: String) { CanonicalText.write(text, to: &bytes) }

  mutating func write(_ flag: Bool) { bytes.append(contentsOf: (flag ? "true" : "false").utf8) }

  mutating func writeNull() { bytes.append(contentsOf: "null".utf8) }

  mutating func write(integer: some BinaryInteger) throws {
    guard let exact = Int64(exactly: integer), let text = CanonicalNumber.text(exact) else { throw unwritable(integer) }
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ number: Double) throws {
    guard let text = CanonicalNumber.text(number) else { throw unwritable(number) }
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ decimal: Decimal) throws {
    guard
      let text = Double(decimal.description).flatMap(CanonicalNumber.text), Decimal(string: text) == decimal
    else { throw unwritable(decimal) }
    bytes.append(contentsOf: text.utf8)
  }

  private func unwritable(_ value: Any) -> EncodingError {
    .invalidValue(value, .init(codingPath: [], debugDescription: "JSON has no exact form for this number"))
  }

  // MARK: Values

  /// Writes a value if its type is a `CanonicalValue`. The type is asked, because a cast of the value would put a copy of it
  /// on the heap.
  ///
  /// - Returns: whether the value is written.
  mutating func writeDirectly<Value: Encodable>(_ value: Value) throws -> Bool {
    guard let type = Value.self as? any CanonicalValue.Type else { return false }
    return try type.write(value, to: &self)
  }

  mutating func list(_ elements: [some CanonicalValue]) throws {
    bytes.append(UInt8(ascii: "["))
    for (count, element) in elements.enumerated() {
      if count > 0 { bytes.append(UInt8(ascii: ",")) }
      try element.write(to: &self)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// - Parameter members: writes the members, in their order.
  mutating func object(_ members: (inout CanonicalWriter) throws -> Void) rethrows {
    let outer = lastMember
    lastMember = nil
    defer { lastMember = outer }
    bytes.append(UInt8(ascii: "{"))
    try members(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  // MARK: Members

  /// Writes a member of the innermost object.
  ///
  /// - Parameter name: ASCII without characters that JSON escapes.
  /// - Throws: `EncodingError` for values that JSON cannot represent.
  package mutating func member(_ name: StaticString, _ value: some CanonicalValue) throws {
    begin(name)
    try within("\(name)") { try value.write(to: &$0) }
  }

  /// Writes a member of the innermost object, unless it is absent.
  package mutating func member(_ name: StaticString, _ value: (some CanonicalValue)?) throws {
    if let value { try member(name, value) }
  }

  /// Writes a member through `Codable`, unless it is absent: for a type of which few values are written.
  package mutating func member(_ name: StaticString, encoding value: (some Encodable)?) throws {
    guard let value else { return }
    begin(name)
    try within("\(name)") { $0.bytes.append(contentsOf: try CanonicalJSONEncoder.bytes(of: value)) }
  }

  /// Writes a member whose name may be any text.
  mutating func member(named name: String, _ value: some CanonicalValue) throws {
    separate()
    begin(named: name)
    try within(name) { try value.write(to: &$0) }
  }

  /// Writes the name of a member, before its value.
  mutating func begin(named name: String) {
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func begin(_ name: StaticString) {
    assert(isInOrder(name), "the member \(name) is out of order")
    lastMember = name
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(contentsOf: #"":"#.utf8)
  }

  private func isInOrder(_ name: StaticString) -> Bool {
    guard let lastMember else { return true }
    return CanonicalText.precedes("\(lastMember)", "\(name)")
  }

  /// Separates a member from the one before it. Nothing but an object that is still empty ends in a brace.
  private mutating func separate() {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
  }

  /// Writes a member's value, and adds the member to the path of an error.
  private mutating func within(
    _ name: @autoclosure () -> String, _ write: (inout CanonicalWriter) throws -> Void
  ) throws {
    do {
      try write(&self)
    } catch let error as EncodingError {
      throw error.within(MemberName(stringValue: name()))
    }
  }
}

extension CanonicalValue {
  fileprivate static func write(_ value: some Encodable, to writer: inout CanonicalWriter) throws -> Bool {
    guard let value = value as? Self else { return false }
    try value.write(to: &writer)
    return true
  }
}

private struct MemberName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension EncodingError {
  /// This error as the object reports it in whose member it occurred.
  func within(_ member: any CodingKey) -> EncodingError {
    guard case .invalidValue(let value, let context) = self else { return self }
    return .invalidValue(
      value,
      Context(
        codingPath: [member] + context.codingPath, debugDescription: context.debugDescription,
        underlyingError: context.underlyingError))
  }
}
