/// Turns any `Encodable` into a `CanonicalValue`. Absent optionals are left out, as `Codable` does.
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
    let array = CanonicalArray()
    slot.value = .array(array)
    return CanonicalUnkeyedContainer(array: array, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    CanonicalSingleContainer(slot: slot, codingPath: codingPath)
  }

  /// One value, by the quickest road there is for it.
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
      let encoder = CanonicalJSONEncoder(codingPath: codingPath)
      try value.encode(to: encoder)
      return encoder.slot.value
    }
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
