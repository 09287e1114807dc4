internal import ClaimsDomain

/// Values of elements. Each function gives nil for an element that is absent, and throws when what is there is no such
/// value; the reason never repeats it, since it may be about a member.
extension X12Segment {
  func location(_ element: Int? = nil, component: Int? = nil) -> SourceLocation {
    guard let element else { return SourceLocation(.segment, number, element: name.description) }
    let position = "\(name)\(element < 10 ? "0" : "")\(element)"
    return SourceLocation(.segment, number, element: position + (component.map { "-\($0)" } ?? ""))
  }

  func problem(_ element: Int, component: Int? = nil, _ reason: String) -> ClaimProblem {
    ClaimProblem(location: location(element, component: component), reason: reason)
  }

  /// Of the segment as a whole.
  func problem(_ reason: String) -> ClaimProblem { ClaimProblem(location: location(), reason: reason) }

  /// An amount that is charged: not below zero and not above what an 837 may carry.
  func charge(_ element: Int) throws(ClaimProblem) -> Money? {
    let bytes = bytes(element)
    guard !bytes.isEmpty else { return nil }
    if bytes.count <= 10, let dollars = bytes.decimal, dollars < 99_999_999 {
      return Money(cents: Int64(dollars) * 100)
    }
    let amount: Money
    do throws(MoneyError) {
      amount = try Money(parsing: bytes)
    } catch {
      throw problem(element, error == .overflow ? "the amount is too large" : error.description)
    }
    guard !amount.isNegative else { throw problem(element, "the amount is negative") }
    guard amount <= .claimLimit else { throw problem(element, "the amount is over \(Money.claimLimit)") }
    return amount
  }

  func units(_ element: Int) throws(ClaimProblem) -> Units? {
    let bytes = bytes(element)
    guard !bytes.isEmpty else { return nil }
    if bytes.count <= 7, let whole = bytes.decimal { return Units(whole) }
    guard let units = Units(parsing: String(decoding: bytes, as: UTF8.self)), units >= Units(0) else {
      throw problem(element, "the quantity is not a number of units such as 1 or 2.5")
    }
    return units
  }

  /// A day as D8 has it (20260309), also with a time behind it (DT).
  func date(_ element: Int) throws(ClaimProblem) -> CalendarDate? {
    let bytes = bytes(element)
    return bytes.isEmpty ? nil : try date(element, bytes)
  }

  /// One day (D8) or two with a hyphen between (RD8), whichever is there: senders mix up the qualifiers.
  func dates(_ element: Int) throws(ClaimProblem) -> DateRange? {
    let bytes = bytes(element)
    guard !bytes.isEmpty else { return nil }
    guard let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")) else { return DateRange(try date(element, bytes)) }
    let first = try date(element, bytes[..<hyphen])
    let last = try date(element, bytes[(hyphen + 1)...])
    guard let range = DateRange(first, through: last) else {
      throw problem(element, "the dates run backwards: the first is after the last")
    }
    return range
  }

  private func date(_ element: Int, _ bytes: ArraySlice<UInt8>) throws(ClaimProblem) -> CalendarDate {
    guard bytes.count == 8 || bytes.count == 12, let number = bytes.prefix(8).decimal else {
      throw problem(element, "the date is not eight digits, CCYYMMDD")
    }
    guard let date = CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100) else {
      throw problem(element, "the date does not exist")
    }
    return date
  }
}

extension ArraySlice<UInt8> {
  /// Digits only, and few enough not to overflow.
  var decimal: Int? {
    guard !isEmpty, count <= 18 else { return nil }
    var value = 0
    for byte in self {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
