/// The JSON Canonicalization Scheme, RFC 8785: one value has one form, so equal values have equal bytes.
/// Members are sorted by the UTF-16 code units of their names, numbers are written as ECMAScript writes them,
/// and there is no white space.
package enum CanonicalJSON {
  /// - Throws: `EncodingError` for what JSON cannot say: NaN, infinity, integers beyond ±(2^53 - 1).
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    let encoder = CanonicalJSONEncoder(codingPath: [])
    try value.encode(to: encoder)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    encoder.slot.value.write(to: &bytes)
    return bytes
  }
}

/// A JSON value on its way to bytes. Containers are references because `Encoder` fills them after handing them out.
enum CanonicalValue {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array(CanonicalArray)
  case object(CanonicalObject)
  /// Filled by an encoder that is still at work.
  case slot(CanonicalSlot)

  func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): CanonicalText.write(text, to: &bytes)
    case .array(let array): array.write(to: &bytes)
    case .object(let object): object.write(to: &bytes)
    case .slot(let slot): slot.value.write(to: &bytes)
    }
  }
}

final class CanonicalSlot {
  var value = CanonicalValue.object(CanonicalObject())
}

final class CanonicalArray {
  var elements: [CanonicalValue] = []

  func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (position, element) in elements.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      element.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

final class CanonicalObject {
  var members: [(name: String, value: CanonicalValue)] = []

  /// By UTF-16 code units. Where both names are ASCII, as nearly all are, their bytes are in the same order.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    if left.utf8.count == left.utf16.count, right.utf8.count == right.utf16.count {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  func write(to bytes: inout [UInt8]) {
    members.sort { Self.precedes($0.name, $1.name) }
    bytes.append(UInt8(ascii: "{"))
    for (position, member) in members.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      CanonicalText.write(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
