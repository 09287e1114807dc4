/// How ECMAScript writes a number (ECMA-262, Number::toString), which RFC 8785 (3.2.2.3) adopts.
enum CanonicalNumber {
  /// The integers a double holds exactly.
  static let largestInteger: Int64 = 9_007_199_254_740_991

  static func text(_ integer: Int64) -> String? {
    integer.magnitude <= UInt64(largestInteger) ? String(integer) : nil
  }

  /// Nil for NaN and infinities.
  static func text(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    guard number != 0 else { return "0" }
    let (digits, exponent) = shortestDigits(of: number.magnitude)
    return (number < 0 ? "-" : "") + layOut(digits, exponent: exponent)
  }

  /// The digits d1 d2 … and the n for which the number is 0.d1d2… × 10^n. Swift's own description has the shortest
  /// digits that round-trip; only their layout differs.
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
