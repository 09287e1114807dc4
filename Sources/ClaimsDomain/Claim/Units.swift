/// What the units of a line count when they do not count services.
package enum UnitsBasis: String, Hashable, Sendable, Codable, CaseIterable {
  case minutes = "MJ"
  /// Days of a stay.
  case days = "DA"
}

/// A quantity in thousandths (SV104, SV205), because anesthesia minutes and drug units can have decimals.
package struct Units: Hashable, Comparable, Sendable {
  package let thousandths: Int64

  package static let one = Units(thousandths: 1_000)
  /// The maximum on a line: seven digits.
  package static let limit = Units(thousandths: 9_999_999_000)

  package init(thousandths: Int64) {
    self.thousandths = thousandths
  }

  package init(_ whole: Int) {
    thousandths = Int64(whole) * 1_000
  }

  package static func < (left: Units, right: Units) -> Bool { left.thousandths < right.thousandths }

  /// The total for a price per unit, rounded half up to the cent.
  ///
  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  package func priced(at price: Money) throws(MoneyError) -> Money {
    let product = try price * thousandths
    return Money(cents: Rounding.halfUp.quotient(of: product.cents, by: 1_000))
  }
}

extension Units: CustomStringConvertible, Codable {
  /// The quantity without trailing zeros, such as `1` or `2.5`.
  package var description: String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
    guard rest != 0 else { return "\(whole)" }
    var fraction = String(rest.magnitude + 1_000).dropFirst()
    while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    return "\(thousandths < 0 && whole == 0 ? "-" : "")\(whole).\(fraction)"
  }

  /// Returns nil unless the text is a number with at most three decimals and a magnitude within `limit`.
  package init?(parsing text: some StringProtocol) {
    let isNegative = text.hasPrefix("-")
    let parts = String(isNegative ? text.dropFirst() : text[...])
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (whole, fraction) = (parts[0], parts.count == 2 ? parts[1] : "")
    let isNumber = (whole + fraction).utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isNumber, !(whole + fraction).isEmpty, whole.count <= 7, fraction.count <= 3 else { return nil }
    let padded = whole + fraction + String(repeating: "0", count: 3 - fraction.count)
    guard let value = Int64(padded) else { return nil }
    thousandths = isNegative ? -value : value
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let units = Units(parsing: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "units must be a number such as 1 or 2.5")
    }
    self = units
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
