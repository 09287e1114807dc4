import Foundation

/// Writes any `Encodable` as canonical JSON, straight into one buffer. Absent optionals are omitted, as in `Codable`.
///
/// A value is written when it is encoded. The members of an object are put in order when the object is complete, which is
/// when its `encode(to:)` returns. Containers that stay open beside others, nested ones and those of a superclass, write
/// into an encoder of their own, whose bytes are taken over at that time.
///
/// Every value has the form that `JSONEncoder` gives it, because `JSONDecoder` reads the stored responses.
final class CanonicalJSONEncoder: Encoder {
  /// Empty: an error gets its path on its way out, member by member.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// What is written so far, of all open values.
  fileprivate var writer = CanonicalWriter()
  /// The parts of a value in their order, before they take the place of what was written.
  private var ordered: [UInt8] = []
  /// The parts of a value in their order, by index.
  private var order: [Int] = []
  /// The members and elements of all open containers, those of the innermost last.
  private var parts: [Part] = []
  private var open: [OpenValue] = []

  /// A member of an object, as `"name":value`, or an element of an array.
  private struct Part {
    /// Nil for an element.
    var name: String?
    var range: Range<Int>
    /// Writes the value once the container is complete; nil for a value that is written.
    var later: CanonicalJSONEncoder?
  }

  /// A value whose `encode(to:)` has not returned.
  private struct OpenValue {
    var form: Form?
    let start: Int
    let firstPart: Int
  }

  private enum Form {
    case single
    case array
    case object
  }

  /// - Throws: `EncodingError` for values that JSON cannot represent exactly.
  static func bytes(of value: some Encodable) throws -> [UInt8] {
    let encoder = CanonicalJSONEncoder()
    encoder.writer.bytes.reserveCapacity(512)
    try encoder.write(value)
    return encoder.writer.bytes
  }

  // MARK: Containers

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    begin(.object)
    return KeyedEncodingContainer(CanonicalKeyedContainer(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    begin(.array)
    return CanonicalUnkeyedContainer(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    begin(.single)
    return CanonicalSingleContainer(encoder: self)
  }

  /// Sets the form of the innermost value. If it had another form, what was written of it is dropped.
  private func begin(_ form: Form) {
    let innermost = open.count - 1
    guard open[innermost].form != form || form == .single else { return }
    open[innermost].form = form
    writer.bytes.removeSubrange(open[innermost].start...)
    parts.removeSubrange(open[innermost].firstPart...)
  }

  /// The number of elements of the innermost value.
  fileprivate var partCount: Int { parts.count - (open.last?.firstPart ?? 0) }

  fileprivate func add(_ name: String?, _ write: () throws -> Void) rethrows {
    let start = writer.bytes.count
    if let name { writer.begin(named: name) }
    try write()
    parts.append(Part(name: name, range: start..<writer.bytes.count))
  }

  fileprivate func add(_ name: String?, at key: (any CodingKey)?, _ value: some Encodable) throws {
    do {
      try add(name) { try write(value) }
    } catch let error as EncodingError {
      throw key.map(error.within) ?? error
    }
  }

  /// Adds a part that is written by an encoder of its own.
  fileprivate func addLater(_ name: String?) -> CanonicalJSONEncoder {
    let encoder = CanonicalJSONEncoder()
    encoder.open.append(OpenValue(start: 0, firstPart: 0))
    parts.append(Part(name: name, range: 0..<0, later: encoder))
    return encoder
  }

  // MARK: Values

  /// Writes one value by the fastest way for its type. Comparing types is cheaper than a cast for each.
  fileprivate func write<Value: Encodable>(_ value: Value) throws {
    if Value.self == String.self, let text = value as? String { return writer.write(text) }
    if Value.self == Int.self, let number = value as? Int { return try writer.write(integer: number) }
    if Value.self == Bool.self, let flag = value as? Bool { return writer.write(flag) }
    // Foundation's coders treat these types differently from what the types themselves encode.
    if Value.self == URL.self, let url = value as? URL { return writer.write(url.absoluteString) }
    if Value.self == Data.self, let data = value as? Data { return writer.write(data.base64EncodedString()) }
    if Value.self == Decimal.self, let decimal = value as? Decimal { return try writer.write(decimal) }

    let before = (bytes: writer.bytes.count, parts: parts.count, open: open.count)
    do {
      if try writer.writeDirectly(value) { return }
      open.append(OpenValue(start: before.bytes, firstPart: before.parts))
      try value.encode(to: self)
    } catch {
      // The caller may go on without this value.
      writer.bytes.removeSubrange(before.bytes...)
      parts.removeSubrange(before.parts...)
      open.removeSubrange(before.open...)
      throw error
    }
    complete(Value.self)
  }

  // MARK: Order

  /// Puts the parts of the innermost value in order and closes it. A value that has encoded nothing is an empty object.
  private func complete<Value>(_ type: Value.Type) {
    let value = open.removeLast()
    guard value.form != .single || writer.bytes.count == value.start else { return }
    for index in value.firstPart..<parts.count where parts[index].later != nil { takeOver(index) }
    let own = value.firstPart..<parts.count
    order.removeAll(keepingCapacity: true)
    if value.form == .array {
      order.append(contentsOf: own)
      if own.count > 1, let type = type as? any Unordered.Type {
        order = inOrderOfBytes(own, byGroupsOf: type.elementsEncodedTogether)
      }
    } else {
      for index in own { place(member: index) }
    }
    ordered.removeAll(keepingCapacity: true)
    ordered.append(UInt8(ascii: value.form == .array ? "[" : "{"))
    for (count, index) in order.enumerated() {
      if count > 0 { ordered.append(UInt8(ascii: ",")) }
      ordered.append(contentsOf: writer.bytes[parts[index].range])
    }
    ordered.append(UInt8(ascii: value.form == .array ? "]" : "}"))
    writer.bytes.replaceSubrange(value.start..., with: ordered)
    parts.removeSubrange(own)
  }

  /// Writes a part whose own encoder is complete now.
  private func takeOver(_ index: Int) {
    guard let later = parts[index].later else { return }
    if !later.open.isEmpty { later.complete(Never.self) }
    let start = writer.bytes.count
    if let name = parts[index].name { writer.begin(named: name) }
    writer.bytes.append(contentsOf: later.writer.bytes)
    parts[index] = Part(name: parts[index].name, range: start..<writer.bytes.count)
  }

  /// Puts a member in its place among those before it. A member that is encoded again replaces the earlier one.
  private func place(member index: Int) {
    let name = parts[index].name ?? ""
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if CanonicalText.precedes(parts[order[middle]].name ?? "", name) { low = middle + 1 } else { high = middle }
    }
    if low < order.count, parts[order[low]].name?.utf8.elementsEqual(name.utf8) == true {
      order[low] = index
    } else {
      order.insert(index, at: low)
    }
  }

  private func inOrderOfBytes(_ own: Range<Int>, byGroupsOf size: Int) -> [Int] {
    stride(from: own.lowerBound, to: own.upperBound, by: size)
      .sorted { writer.bytes[parts[$0].range].lexicographicallyPrecedes(writer.bytes[parts[$1].range]) }
      .flatMap { $0..<min($0 + size, own.upperBound) }
  }
}

/// A collection whose elements have no order, although it may be encoded as an array. Swift encodes them in the order of
/// their hashes, which differs from process to process.
private protocol Unordered {
  static var elementsEncodedTogether: Int { get }
}

extension Set: Unordered {
  fileprivate static var elementsEncodedTogether: Int { 1 }
}

/// A dictionary whose keys are neither text nor numbers is encoded as an array of keys and values in turn.
extension Dictionary: Unordered {
  fileprivate static var elementsEncodedTogether: Int { 2 }
}

private struct CanonicalKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: CanonicalJSONEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) { encoder.add(key.stringValue) { encoder.writer.writeNull() } }

  func encode(_ value: String, forKey key: Key) { encoder.add(key.stringValue) { encoder.writer.write(value) } }

  func encode(_ value: Bool, forKey key: Key) { encoder.add(key.stringValue) { encoder.writer.write(value) } }

  func encode(_ value: some Encodable, forKey key: Key) throws { try encoder.add(key.stringValue, at: key, value) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder.addLater(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.addLater(key.stringValue).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.addLater("super") }

  func superEncoder(forKey key: Key) -> any Encoder { encoder.addLater(key.stringValue) }
}

private struct CanonicalUnkeyedContainer: UnkeyedEncodingContainer {
  let encoder: CanonicalJSONEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.partCount }

  func encodeNil() { encoder.add(nil) { encoder.writer.writeNull() } }

  func encode(_ value: some Encodable) throws { try encoder.add(nil, at: nil, value) }

  func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    encoder.addLater(nil).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.addLater(nil).unkeyedContainer() }

  func superEncoder() -> any Encoder { encoder.addLater(nil) }
}

private struct CanonicalSingleContainer: SingleValueEncodingContainer {
  let encoder: CanonicalJSONEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil() { encoder.writer.writeNull() }

  // Scalars must end here; without these overloads, a value would be asked to encode itself forever.
  func encode(_ value: Bool) { encoder.writer.write(value) }
  func encode(_ value: String) { encoder.writer.write(value) }
  func encode(_ value: Double) throws { try encoder.writer.write(value) }
  func encode(_ value: Float) throws { try encoder.writer.write(Double(value)) }
  func encode(_ value: Int) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: Int8) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: Int16) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: Int32) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: Int64) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: UInt) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: UInt8) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: UInt16) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: UInt32) throws { try encoder.writer.write(integer: value) }
  func encode(_ value: UInt64) throws { try encoder.writer.write(integer: value) }

  func encode(_ value: some Encodable) throws { try encoder.write(value) }
}
