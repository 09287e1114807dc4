/// A rate in hundredths of a percent: 2000 is 20%. Applying it to money rounds by the given rule.
package struct BasisPoints: Hashable, Comparable, Sendable, Codable {
  package let value: Int64

  package static let whole = BasisPoints(10_000)

  package init(_ value: Int64) {
    self.value = value
  }

  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  package func of(_ amount: Money, rounding: Rounding = .halfUp) throws(MoneyError) -> Money {
    let (product, overflow) = amount.cents.multipliedReportingOverflow(by: value)
    guard !overflow else { throw .overflow }
    return Money(cents: rounding.quotient(of: product, by: 10_000))
  }

  package static func < (left: BasisPoints, right: BasisPoints) -> Bool { left.value < right.value }

  package init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension BasisPoints: CustomStringConvertible {
  /// Text for people, such as `20 %` or `12.5 %`.
  package var description: String {
    let hundredths = value % 100
    guard hundredths != 0 else { return "\(value / 100) %" }
    let text = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
    return "\(value / 100).\(text.hasSuffix("0") ? String(text.dropLast()) : text) %"
  }
}

/// How a fraction of a cent is rounded. Claims round half up to the cent, per line.
package enum Rounding: Sendable {
  case halfUp

  func quotient(of dividend: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    switch self {
    case .halfUp:
      // Half up means away from zero, so that a reversal mirrors the original to the cent.
      guard remainder.magnitude >= divisor.magnitude - remainder.magnitude else { return quotient }
      return quotient + (dividend.signum() * divisor.signum() < 0 ? -1 : 1)
    }
  }
}
