/// An amount of US dollars in whole cents. There is no float near it and no `/`: what must be split is
/// split by `BasisPoints`, which names its rounding.
package struct Money: Hashable, Comparable, Sendable {
  package let cents: Int64

  package static let zero = Money(cents: 0)
  /// The most a HIPAA 837 may carry in one amount: eight digits and two decimals (TR3 005010X222, B.1.1.3.1.2).
  package static let claimLimit = Money(cents: 99_999_999_99)

  package init(cents: Int64) {
    self.cents = cents
  }

  package static func < (left: Money, right: Money) -> Bool { left.cents < right.cents }

  /// - Throws: `MoneyError.overflow` rather than wrapping round.
  package static func + (left: Money, right: Money) throws(MoneyError) -> Money {
    let (sum, overflow) = left.cents.addingReportingOverflow(right.cents)
    guard !overflow else { throw .overflow }
    return Money(cents: sum)
  }

  /// - Throws: `MoneyError.overflow` rather than wrapping round.
  package static func - (left: Money, right: Money) throws(MoneyError) -> Money {
    let (difference, overflow) = left.cents.subtractingReportingOverflow(right.cents)
    guard !overflow else { throw .overflow }
    return Money(cents: difference)
  }

  /// A unit price times a count of units.
  ///
  /// - Throws: `MoneyError.overflow` rather than wrapping round.
  package static func * (price: Money, units: Int64) throws(MoneyError) -> Money {
    let (product, overflow) = price.cents.multipliedReportingOverflow(by: units)
    guard !overflow else { throw .overflow }
    return Money(cents: product)
  }

  /// The same amount with the other sign.
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
  /// - Throws: `MoneyError.overflow` rather than wrapping round.
  package func total() throws(MoneyError) -> Money {
    var sum = Money.zero
    for amount in self { sum = try sum + amount }
    return sum
  }
}
