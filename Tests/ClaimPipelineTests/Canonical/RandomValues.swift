import ClaimsDomain
import TestSupport

/// Values that need not make sense: members are present or absent, lists may be empty, and texts have every kind of
/// character that JSON treats differently.
struct RandomValues {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func flag() -> Bool { .random(using: &random) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

  mutating func one<Value>(of values: [Value]) -> Value { values[number(0...values.count - 1)] }

  /// Nil in half of the cases.
  mutating func maybe<Value>(_ value: (inout RandomValues) throws -> Value) rethrows -> Value? {
    flag() ? try value(&self) : nil
  }

  mutating func list<Value>(_ element: (inout RandomValues) throws -> Value) rethrows -> [Value] {
    var list: [Value] = []
    for _ in 0..<number(0...3) { list.append(try element(&self)) }
    return list
  }

  mutating func text() -> String {
    var text = ""
    for _ in 0..<number(0...8) { text.unicodeScalars.append(one(of: Self.scalars)) }
    return text
  }

  /// Escapes, controls, and characters of one to four bytes, one of which combines with the one before it.
  private static let scalars: [Unicode.Scalar] = [
    "a", "B", "9", " ", ":", "{", "}", ",", "\"", "\\", "/", "\u{0}", "\u{8}", "\t", "\n", "\u{c}", "\r", "\u{1f}",
    "\u{7f}", "\u{e9}", "\u{301}", "\u{20ac}", "\u{2028}", "\u{fb33}", "\u{ffff}", "\u{1f600}", "\u{10ffff}",
  ]

  mutating func id<Tag>() -> Identifier<Tag> { Identifier(text()) }

  /// Any amount, also the largest.
  mutating func money() -> Money {
    one(of: [
      Money(cents: Int64(number(-99_999_99...99_999_99))), Money(cents: Int64(number(-9...9))), .claimLimit,
      Money(cents: .max), Money(cents: -.max),
    ])
  }

  /// An amount that can be added to others.
  mutating func charge() -> Money { Money(cents: Int64(number(0...99_999_99))) }

  mutating func units() -> Units { Units(thousandths: Int64(number(-9_999_999_999...9_999_999_999))) }

  /// A day from 1800 to 9999.
  mutating func day() -> CalendarDate { CalendarDate(dayNumber: number(-62_091...2_932_896)) ?? .openEnd }

  mutating func days() -> DateRange {
    let (one, other) = (day(), day())
    return DateRange(min(one, other), through: max(one, other)) ?? DateRange(one)
  }

  mutating func personName() -> PersonName {
    PersonName(last: text(), first: text(), middle: maybe { $0.text() })
  }
}
