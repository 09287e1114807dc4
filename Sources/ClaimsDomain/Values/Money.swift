/// An amount of US dollars in whole cents. It never uses floating point and has no `/`: amounts are divided by
/// `BasisPoints`, which specifies the rounding.
package struct Money: Hashable, Comparable, Sendable {
  package let cents: Int64

  package static let zero = Money(cents: 0)
  /// The largest amount that a HIPAA 837 can carry: eight digits and two decimals (TR3 005010X222, B.1.1.3.1.2).
  package static let claimLimit = Money(cents: 99_999_999_99)

  package init(cents: Int64) {
    self.cents = cents
  }

  package static func < (left: Money, right: Money) -> Bool { left.cents < right.cents }

  /// - Throws: `MoneyError.overflow` instead of wrapping around.
  package static func + (left: Money, right: Money) throws(MoneyError) -> Money {
    let (sum, overflow) = left.cents.addingReportingOverflow(right.cents)
    guard !overflow else { throw .overflow }
    return Money(cents: sum)
  }

  /// - Throws: `MoneyError.overflow` instead of wrapping around.
  package static func - (left: Money, right: Money) throws(MoneyError) -> Money {
    let (difference, overflow) = left.cents.subtractingReportingOverflow(right.cents)
    guard !overflow else { throw .overflow }
    return Money(cents: difference)
  }

  /// Multiplies a unit price by a number of units.
  ///
  /// - Throws: `MoneyError.overflow` instead of wrapping around.
  package static func * (price: Money, units: Int64) throws(MoneyError) -> Money {
    let (product, overflow) = price.cents.multipliedReportingOverflow(by: units)
    guard !overflow else { throw .overflow }
    return Money(cents: product)
  }

  /// The same amount with the opposite sign.
  package var negated: Money {
    get throws(MoneyError) { try .zero - self }
  }

  package var isNegative: Bool { cents < 0 }
}

package enum MoneyError: Error, Equatable, CustomStringConvertible {
  case overflow
  case malformed

  package var description: String {
    switch self {
    case .overflow: "an amount is too large to be added up"
    case .malformed: "an amount must look like 125, 125.5 or 125.50"
    }
  }
}

extension Sequence where Element == Money {
  /// - Throws: `MoneyError.overflow` instead of wrapping around.
  package func total() throws(MoneyError) -> Money {
    var sum = Money.zero
    for amount in self { sum = try sum + amount }
    return sum
  }
}

extension Money: CustomStringConvertible, Codable {
  /// The amount with exactly two decimals, such as `125.00` or `-0.05`. Keys, JSON, and remittances use this form.
  package var description: String {
    let magnitude = cents.magnitude
    let fraction = magnitude % 100
    return "\(cents < 0 ? "-" : "")\(magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// Reads X12 type R and our own text: an optional minus sign, digits, and at most two decimals (`125`, `.5`,
  /// `125.50`).
  ///
  /// - Throws: `MoneyError.malformed` for any other text; `.overflow` when the cents overflow 64 bits.
  package init(parsing text: some StringProtocol) throws(MoneyError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  package init(parsing bytes: Span<UInt8>) throws(MoneyError) {
    var cents: Int64 = 0
    var digits = 0
    var decimals: Int?
    var negative = false
    for position in bytes.indices {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "-") where position == 0:
        negative = true
      case UInt8(ascii: ".") where decimals == nil:
        decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let places = decimals {
          guard places < 2 else {
            // A third decimal would be a fraction of a cent; a zero there is only padding.
            guard byte == UInt8(ascii: "0") else { throw .malformed }
            continue
          }
          decimals = places + 1
        }
        cents = try Self.shifted(cents, by: 10, adding: Int64(byte - UInt8(ascii: "0")))
        digits += 1
      default:
        throw .malformed
      }
    }
    guard digits > 0 else { throw .malformed }
    for _ in (decimals ?? 0)..<2 { cents = try Self.shifted(cents, by: 10, adding: 0) }
    self.init(cents: negative ? -cents : cents)
  }

  private static func shifted(_ value: Int64, by factor: Int64, adding digit: Int64) throws(MoneyError) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    let (sum, carried) = product.addingReportingOverflow(digit)
    guard !overflow, !carried else { throw .overflow }
    return sum
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
