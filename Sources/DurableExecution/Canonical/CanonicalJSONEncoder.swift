import Foundation

/// Converts any `Encodable` to a `CanonicalValue`. Absent optionals are omitted, as in `Codable`.
///
/// Every value has the form that `JSONEncoder` gives it, because `JSONDecoder` reads the stored responses.
struct CanonicalJSONEncoder: Encoder {
  let codingPath: [any CodingKey]
  let slot = CanonicalSlot()
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object(let object) = slot.value {
      return KeyedEncodingContainer(CanonicalKeyedContainer(object: object, codingPath: codingPath))
    }
    let object = CanonicalObject()
    slot.value = .object(object)
    return KeyedEncodingContainer(CanonicalKeyedContainer(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array(let array) = slot.value { return CanonicalUnkeyedContainer(array: array, codingPath: codingPath) }
    let array = CanonicalArray()
    slot.value = .array(array)
    return CanonicalUnkeyedContainer(array: array, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    CanonicalSingleContainer(slot: slot, codingPath: codingPath)
  }

  /// Encodes one value by the fastest path for its type.
  static func value(of value: some Encodable, at codingPath: [any CodingKey]) throws -> CanonicalValue {
    switch value {
    case let text as String: return .string(text)
    case let flag as Bool: return .bool(flag)
    case let number as Int: return try integer(Int64(number), at: codingPath)
    case let number as Int64: return try integer(number, at: codingPath)
    case let number as Double:
      guard let text = CanonicalNumber.text(number) else { throw unwritable(value, at: codingPath) }
      return .number(text)
    default:
      if let own = try foundationValue(of: value, at: codingPath) { return own }
      let encoder = CanonicalJSONEncoder(codingPath: codingPath)
      try value.encode(to: encoder)
      return inOrder(encoder.slot.value, of: value)
    }
  }

  /// Encodes a value of the types that Foundation's coders treat differently from what the types themselves encode;
  /// nil for all other types. Comparing types is cheaper than a cast for each.
  private static func foundationValue<Value: Encodable>(
    of value: Value, at codingPath: [any CodingKey]
  ) throws -> CanonicalValue? {
    if Value.self == URL.self, let url = value as? URL { return .string(url.absoluteString) }
    if Value.self == Data.self, let data = value as? Data { return .string(data.base64EncodedString()) }
    guard Value.self == Decimal.self, let decimal = value as? Decimal else { return nil }
    guard
      let text = Double(decimal.description).flatMap(CanonicalNumber.text), Decimal(string: text) == decimal
    else { throw unwritable(value, at: codingPath) }
    return .number(text)
  }

  /// Puts the elements of a collection without an order into the order of their bytes. Swift encodes them in the order of
  /// their hashes, which differs from process to process.
  private static func inOrder<Value>(_ encoded: CanonicalValue, of value: Value) -> CanonicalValue {
    guard case .array(let array) = encoded, let type = Value.self as? any Unordered.Type else { return encoded }
    array.sort(byGroupsOf: type.elementsEncodedTogether)
    return encoded
  }

  static func integer(_ number: some BinaryInteger, at codingPath: [any CodingKey]) throws -> CanonicalValue {
    guard let exact = Int64(exactly: number), let text = CanonicalNumber.text(exact) else {
      throw unwritable(number, at: codingPath)
    }
    return .number(text)
  }

  private static func unwritable(_ value: Any, at codingPath: [any CodingKey]) -> EncodingError {
    .invalidValue(value, .init(codingPath: codingPath, debugDescription: "JSON has no exact form for this number"))
  }
}

struct CanonicalKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: CanonicalObject
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { object.members.append((key.stringValue, .null)) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    object.members.append(
      (key.stringValue, try CanonicalJSONEncoder.value(of: value, at: codingPath + CollectionOfOne<any CodingKey>(key)))
    )
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    let nested = CanonicalObject()
    object.members.append((key.stringValue, .object(nested)))
    return KeyedEncodingContainer(CanonicalKeyedContainer<NestedKey>(object: nested, codingPath: codingPath + [key]))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let nested = CanonicalArray()
    object.members.append((key.stringValue, .array(nested)))
    return CanonicalUnkeyedContainer(array: nested, codingPath: codingPath + [key])
  }

  func superEncoder() -> any Encoder { superEncoder(named: "super") }

  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key.stringValue) }

  private func superEncoder(named name: String) -> any Encoder {
    let encoder = CanonicalJSONEncoder(codingPath: codingPath)
    object.members.append((name, .slot(encoder.slot)))
    return encoder
  }
}

struct CanonicalUnkeyedContainer: UnkeyedEncodingContainer {
  let array: CanonicalArray
  let codingPath: [any CodingKey]
  var count: Int { array.elements.count }

  func encodeNil() { array.elements.append(.null) }

  func encode(_ value: some Encodable) throws {
    array.elements.append(try CanonicalJSONEncoder.value(of: value, at: codingPath))
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    let nested = CanonicalObject()
    array.elements.append(.object(nested))
    return KeyedEncodingContainer(CanonicalKeyedContainer<NestedKey>(object: nested, codingPath: codingPath))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let nested = CanonicalArray()
    array.elements.append(.array(nested))
    return CanonicalUnkeyedContainer(array: nested, codingPath: codingPath)
  }

  func superEncoder() -> any Encoder {
    let encoder = CanonicalJSONEncoder(codingPath: codingPath)
    array.elements.append(.slot(encoder.slot))
    return encoder
  }
}

struct CanonicalSingleContainer: SingleValueEncodingContainer {
  let slot: CanonicalSlot
  let codingPath: [any CodingKey]

  func encodeNil() { slot.value = .null }

  // Scalars must end here; without these overloads, a value would be asked to encode itself forever.
  func encode(_ value: Bool) { slot.value = .bool(value) }
  func encode(_ value: String) { slot.value = .string(value) }
  func encode(_ value: Double) throws { slot.value = try CanonicalJSONEncoder.value(of: value, at: codingPath) }
  func encode(_ value: Float) throws { try encode(Double(value)) }
  func encode(_ value: Int) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: Int8) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: Int16) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: Int32) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: Int64) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: UInt) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: UInt8) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: UInt16) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: UInt32) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }
  func encode(_ value: UInt64) throws { slot.value = try CanonicalJSONEncoder.integer(value, at: codingPath) }

  func encode(_ value: some Encodable) throws {
    slot.value = try CanonicalJSONEncoder.value(of: value, at: codingPath)
  }
}

/// A collection whose elements have no order, although it may be encoded as an array.
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
