/// The JSON Canonicalization Scheme, RFC 8785: each value has one form, so equal values have equal bytes. Members are
/// sorted by the UTF-16 code units of their names, numbers are written as ECMAScript writes them, and there is no
/// whitespace.
package enum CanonicalJSON {
  /// - Throws: `EncodingError` for values that JSON cannot represent: NaN, infinity, integers beyond ±(2^53 - 1),
  ///   decimals with more digits than a double holds.
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    try CanonicalJSONEncoder.bytes(of: value)
  }

  /// Writes a value that is known to write itself.
  ///
  /// - Throws: `EncodingError` for values that JSON cannot represent.
  package static func bytes(of value: some CanonicalValue) throws -> [UInt8] {
    var writer = CanonicalWriter()
    writer.bytes.reserveCapacity(512)
    try value.write(to: &writer)
    return writer.bytes
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
    var text = text
    let isPlain = text.withUTF8 { plain in
      guard !plain.contains(where: needsEscape) else { return false }
      bytes.append(contentsOf: plain)
      return true
    }
    guard !isPlain else { return }
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

  /// Whether a name comes before another in the order of their UTF-16 code units (RFC 8785, 3.2.3).
  ///
  /// That is the order of their UTF-8 bytes, except that characters beyond U+FFFF, with a first byte of F0 or more, come
  /// before those from U+E000 on, with a first byte of EE or EF.
  static func precedes(_ left: String, _ right: String) -> Bool {
    var (left, right) = (left, right)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for (left, right) in zip(left, right) where left != right { return rank(left) < rank(right) }
        return left.count < right.count
      }
    }
  }

  private static func rank(_ byte: UInt8) -> UInt8 { byte == 0xEE || byte == 0xEF ? byte | 0x10 : byte }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
