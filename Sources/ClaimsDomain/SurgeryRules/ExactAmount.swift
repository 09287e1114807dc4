/// An amount to which several percentages are applied, held as a fraction of a cent so that it is rounded only once, at
/// the end.
struct ExactAmount: Hashable, Comparable {
  private let numerator: Int64
  private let denominator: Int64

  init(_ amount: Money) {
    self.init(amount.cents, over: 1)
  }

  private init(_ numerator: Int64, over denominator: Int64) {
    let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    self.numerator = numerator / Int64(max(1, divisor))
    self.denominator = denominator / Int64(max(1, divisor))
  }

  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  func times(_ rate: BasisPoints) throws(MoneyError) -> ExactAmount {
    // The rate is reduced first, because rates are usually simple fractions: 62.5% is 5/8.
    let reduced = ExactAmount(rate.value, over: 10_000)
    return ExactAmount(
      try Self.product(numerator, reduced.numerator), over: try Self.product(denominator, reduced.denominator))
  }

  /// The excess over another amount; zero when there is none.
  ///
  /// - Throws: `MoneyError.overflow` when a product overflows 64 bits.
  func less(_ other: ExactAmount) throws(MoneyError) -> ExactAmount {
    let mine = try Self.product(numerator, other.denominator)
    let theirs = try Self.product(other.numerator, denominator)
    return ExactAmount(max(0, mine - theirs), over: try Self.product(denominator, other.denominator))
  }

  /// - Throws: `MoneyError.overflow` when the sum overflows 64 bits.
  func plus(_ other: ExactAmount) throws(MoneyError) -> ExactAmount {
    let (sum, overflow) = try Self.product(numerator, other.denominator)
      .addingReportingOverflow(try Self.product(other.numerator, denominator))
    guard !overflow else { throw .overflow }
    return ExactAmount(sum, over: try Self.product(denominator, other.denominator))
  }

  /// The amount rounded half up to the cent.
  var rounded: Money { Money(cents: Rounding.halfUp.quotient(of: numerator, by: denominator)) }

  static func < (left: ExactAmount, right: ExactAmount) -> Bool {
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return (first.high, first.low) < (second.high, second.low)
  }

  private static func product(_ left: Int64, _ right: Int64) throws(MoneyError) -> Int64 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw .overflow }
    return product
  }

  private static func commonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    right == 0 ? left : commonDivisor(right, left % right)
  }
}
