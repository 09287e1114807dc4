/// A published decimal stored as a whole number of its smallest unit, so that a product of several is exact and only
/// the last step rounds, to the cent. The tag says what the number is and how many decimals it is published with.
package struct ExactDecimal<Tag: DecimalTag>: Hashable, Comparable, Sendable {
  /// In units of 1 / 10^`Tag.places`.
  package let scaled: Int64

  package init(scaled: Int64) {
    self.scaled = scaled
  }

  package static var zero: Self { Self(scaled: 0) }
  package static func < (left: Self, right: Self) -> Bool { left.scaled < right.scaled }
}

package protocol DecimalTag: Sendable {
  static var places: Int { get }
}

/// Tags without values.
package enum DecimalTags {
  package enum RelativeValue: DecimalTag { package static let places = 2 }
  package enum PracticeCostIndex: DecimalTag { package static let places = 3 }
  package enum ConversionFactor: DecimalTag { package static let places = 4 }
  package enum AnnualRate: DecimalTag { package static let places = 3 }
  package enum PackageShare: DecimalTag { package static let places = 4 }
}

/// An RVU: two decimals (CMS MPFS RVU file layout).
package typealias RelativeValue = ExactDecimal<DecimalTags.RelativeValue>
/// A GPCI: three decimals (CMS MPFS, Addendum E).
package typealias PracticeCostIndex = ExactDecimal<DecimalTags.PracticeCostIndex>
/// Dollars per RVU: four decimals (CMS MPFS RVU file layout).
package typealias ConversionFactor = ExactDecimal<DecimalTags.ConversionFactor>
/// A part of a global package, where the whole is 1. Two decimals are published so far; four allow hundredths of a
/// percent (CMS MPFS RVU file layout).
package typealias PackageShare = ExactDecimal<DecimalTags.PackageShare>
/// Percent per year with three decimals, because the Treasury publishes eighths (31 U.S.C. 3902(a)).
package typealias AnnualRate = ExactDecimal<DecimalTags.AnnualRate>

extension ExactDecimal: CustomStringConvertible {
  /// The maximum, in whole units. Nothing CMS publishes comes near it, and products of such numbers stay within 64
  /// bits.
  package static var limit: Int { 9_999 }

  /// Returns nil unless the text is a number from 0 to 9999 with no more than the published number of decimals; extra
  /// trailing zeros are ignored.
  package init?(parsing text: some StringProtocol) {
    var value: Int64 = 0
    var digits = 0
    var decimals: Int?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: ".") where decimals == nil:
        decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if let places = decimals {
          guard places < Tag.places else {
            guard byte == UInt8(ascii: "0") else { return nil }
            continue
          }
          decimals = places + 1
        }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        // Checked at every digit, so that no number of digits overflows 64 bits.
        guard value < Int64(Self.limit + 1) * Self.unit else { return nil }
      default:
        return nil
      }
    }
    guard digits > 0 else { return nil }
    for _ in (decimals ?? 0)..<Tag.places { value *= 10 }
    guard value < Int64(Self.limit + 1) * Self.unit else { return nil }
    self.init(scaled: value)
  }

  /// The number with all of its decimals, such as `2.75`, `1.000`, or `32.3465`.
  package var description: String {
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Self.unit)
    return "\(whole).\(String(rest + Self.unit).dropFirst())"
  }

  /// 10^places, the scaled value of one.
  private static var unit: Int64 { (0..<Tag.places).reduce(1) { unit, _ in unit * 10 } }
}
