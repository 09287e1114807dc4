internal import ClaimsDomain

/// One element to be written. What is a number or a code is never cut; what is a name is cut to its length.
enum X12Element {
  case empty
  /// A code or number of some length at most.
  case id(String, Int)
  case name(String, Int)
  case amount(Money)
  case units(Units)
  case day(CalendarDate)
  case number(Int)
  case composite([X12Element])

  /// A code of a closed list, or one whose length its type has checked.
  static func code(_ text: String) -> X12Element { .id(text, 8) }

  static func idIfAny(_ text: String?, _ limit: Int) -> X12Element {
    text.flatMap { $0.isBlank ? nil : .id($0, limit) } ?? .empty
  }

  static func nameIfAny(_ text: String?, _ limit: Int) -> X12Element {
    text.flatMap { $0.isBlank ? nil : .name($0, limit) } ?? .empty
  }

  static func codeIfAny(_ text: String?) -> X12Element { idIfAny(text, 8) }

  static func unitsIfAny(_ units: Units?) -> X12Element { units.map(X12Element.units) ?? .empty }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
