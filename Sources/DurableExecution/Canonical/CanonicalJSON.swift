/// The JSON Canonicalization Scheme, RFC 8785: each value has one form, so equal values have equal bytes. Members are
/// sorted by the UTF-16 code units of their names, numbers are written as ECMAScript writes them, and there is no
/// whitespace.
package enum CanonicalJSON {
  /// - Throws: `EncodingError` for values that JSON cannot represent: NaN, infinity, integers beyond ±(2^53 - 1),
  ///   decimals with more digits than a double holds.
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    let value = try CanonicalJSONEncoder.value(of: value, at: [])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    value.write(to: &bytes)
    return bytes
  }
}

/// A JSON value to be written as bytes. Containers are references because `Encoder` fills them after returning them.
enum CanonicalValue {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array(CanonicalArray)
  case object(CanonicalObject)
  /// A slot that an active encoder fills later.
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

  /// Sorts groups of elements by their bytes.
  func sort(byGroupsOf size: Int) {
    let groups = stride(from: 0, to: elements.count, by: size).map { start in
      let group = elements[start..<min(start + size, elements.count)]
      var bytes: [UInt8] = []
      for element in group { element.write(to: &bytes) }
      return (bytes: bytes, elements: group)
    }
    elements = groups.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.flatMap(\.elements)
  }

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

  /// Compares by UTF-16 code units. If both names are ASCII, as almost all are, their bytes sort in the same order.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    if left.utf8.count == left.utf16.count, right.utf8.count == right.utf16.count {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  func write(to bytes: inout [UInt8]) {
    members.sort { Self.precedes($0.name, $1.name) }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (position, member) in members.enumerated() {
      // A member that is encoded again replaces the earlier one. The sort is stable, so the last one is the newest.
      if position + 1 < members.count, !Self.precedes(member.name, members[position + 1].name) { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      CanonicalText.write(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

/// Numbers in the format of ECMAScript (ECMA-262, Number::toString), which RFC 8785 (3.2.2.3) adopts.
enum CanonicalNumber {
  /// The largest integer up to which a double represents every integer exactly.
  static let largestInteger: Int64 = 9_007_199_254_740_991

  static func text(_ integer: Int64) -> String? {
    integer.magnitude <= UInt64(largestInteger) ? String(integer) : nil
  }

  /// Returns nil for NaN and infinities.
  static func text(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    guard number != 0 else { return "0" }
    let (digits, exponent) = shortestDigits(of: number.magnitude)
    return (number < 0 ? "-" : "") + layOut(digits, exponent: exponent)
  }

  /// The digits d1 d2 … and the exponent n such that the number is 0.d1d2… × 10^n. Swift's own description has the
  /// shortest digits that round-trip; only their layout differs.
  private static func shortestDigits(of number: Double) -> (digits: String, exponent: Int) {
    let parts = number.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let scale = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    let all = String(mantissa[0]) + fraction
    let leadingZeros = all.prefix { $0 == "0" }.count
    var digits = all.dropFirst(leadingZeros)
    while digits.hasSuffix("0") { digits = digits.dropLast() }
    return (String(digits), mantissa[0].count - leadingZeros + scale)
  }

  private static func layOut(_ digits: String, exponent: Int) -> String {
    let count = digits.count
    switch exponent {
    case count...21 where count <= 21:
      return digits + String(repeating: "0", count: exponent - count)
    case 1..<max(count, 2) where exponent <= 21:
      return "\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
    case -5...0:
      return "0." + String(repeating: "0", count: -exponent) + digits
    default:
      let sign = exponent > 0 ? "+" : "-"
      let mantissa = count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
      return "\(mantissa)e\(sign)\((exponent - 1).magnitude)"
    }
  }
}

/// Strings in the format of RFC 8785 (3.2.2.2): the seven short escapes, `\u00xx` for other controls, all else as
/// UTF-8.
enum CanonicalText {
  static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    guard text.utf8.contains(where: needsEscape) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
      case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
      case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
      case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
      case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
      case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
      case 0x00..<0x20:
        bytes.append(contentsOf: #"\u00"#.utf8)
        bytes.append(contentsOf: Hex.digits(byte, uppercase: false))
      default: bytes.append(byte)
      }
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
