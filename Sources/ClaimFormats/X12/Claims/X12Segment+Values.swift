import ClaimsDomain
import StrictText

/// Values of elements. Each function returns nil for an absent element and throws when the value is not valid. The
/// reason never repeats the value, since it may be about a member.
extension X12Segment {
  func location(_ element: Int? = nil, component: Int? = nil) -> SourceLocation {
    guard let element else { return SourceLocation(.segment, number, element: name.description) }
    let position = "\(name)\(element < 10 ? "0" : "")\(element)"
    return SourceLocation(.segment, number, element: position + (component.map { "-\($0)" } ?? ""))
  }

  func problem(_ element: Int, component: Int? = nil, _ reason: String) -> ClaimProblem {
    ClaimProblem(location: location(element, component: component), reason: reason)
  }

  /// Returns a problem with the segment as a whole.
  func problem(_ reason: String) -> ClaimProblem { ClaimProblem(location: location(), reason: reason) }

  /// Returns a charge, which is neither negative nor above what an 837 may carry.
  func charge(_ element: Int) throws(ClaimProblem) -> Money? {
    let bytes = bytes(element)
    guard !bytes.isEmpty else { return nil }
    if bytes.count <= 10, let dollars = bytes.decimal, dollars < 99_999_999 {
      return Money(cents: Int64(dollars) * 100)
    }
    let amount: Money
    do throws(MoneyError) {
      amount = try Money(parsing: bytes.span)
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

  /// Returns a day in D8 format (20260309), optionally followed by a time (DT).
  func date(_ element: Int) throws(ClaimProblem) -> CalendarDate? {
    let bytes = bytes(element)
    return bytes.isEmpty ? nil : try date(element, bytes)
  }

  /// Returns one day (D8) or two separated by a hyphen (RD8), whichever is present, since senders mix up the
  /// qualifiers.
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
  /// The value of a string of digits; nil for anything else, or for too many digits to fit.
  var decimal: Int? { span.decimal }
}

extension Span<UInt8> {
  /// The value of a string of digits; nil for anything else, or for too many digits to fit.
  var decimal: Int? {
    guard !isEmpty, count <= 18 else { return nil }
    var value = 0
    for index in indices {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index]) else { return nil }
      value = value * 10 + Int(self[index] - UInt8(ascii: "0"))
    }
    return value
  }
}

extension X12Segment {
  /// Returns a procedure (C003); nil when its parts do not identify a code. Codes compare without case, so they are
  /// read in capitals.
  func procedure(_ element: Int) -> ProcedureCode? {
    guard let qualifier = word(element, component: 1), let code = word(element, component: 2) else { return nil }
    return ProcedureCode(
      qualifier: qualifier, code: code, modifiers: (3...6).compactMap { word(element, component: $0) })
  }

  /// Returns diagnosis pointers (C004): positions in the claim's diagnoses, from 1.
  func diagnosisPointers(_ element: Int) throws(ClaimProblem) -> [Int] {
    var pointers: [Int] = []
    for component in 0..<componentCount(element) {
      let bytes = bytes(element, component: component + 1)
      guard !bytes.isEmpty else { continue }
      guard let pointer = bytes.decimal, (1...X12Limits.diagnosisPointer).contains(pointer) else {
        throw problem(element, component: component + 1, "it does not point to a diagnosis: they count from 1")
      }
      pointers.append(pointer)
    }
    return pointers
  }

  /// Returns a code in capitals; nil when it is absent or blank.
  func word(_ element: Int) -> String? { text(element)?.capitals }

  func word(_ element: Int, component: Int) -> String? { text(element, component: component)?.capitals }

  /// Returns what the units count; nil for services (UN).
  func basis(_ element: Int) throws(ClaimProblem) -> UnitsBasis? {
    guard let word = word(element) else { throw problem(element, "the service line does not say what its units are") }
    if word == "UN" { return nil }
    guard let basis = UnitsBasis(rawValue: word) else {
      throw problem(element, "units of this kind are not known here")
    }
    return basis
  }
}

/// The 837 that a service segment belongs to.
enum ServiceKind: Hashable {
  case billable(ClaimKind)
  /// SV3. Dental claims are not paid here.
  case dental

  init?(_ segment: X12Code) {
    switch segment {
    case "SV1": self = .billable(.professional)
    case "SV2": self = .billable(.institutional)
    case "SV3": self = .dental
    default: return nil
    }
  }
}

/// The segments that an 837 may have, in versions 4010 and 5010 and all three kinds (TR3 005010X222, X223, X224,
/// section 2.2).
enum X12Dictionary {
  static func isKnown(_ name: X12Code) -> Bool {
    // Common names come first, since this runs for every segment.
    switch name {
    case "NM1", "N3", "N4", "REF", "DTP", "SV1", "SV2", "LX", "HI", "SBR", "DMG", "PRV", "PER", "PAT", "AMT", "CAS",
      "SVD", "OI", "CL1", "HCP", "NTE", "PWK", "CRC", "K3", "SV3", "SV5", "MOA", "MIA", "LIN", "CTP", "QTY", "CN1",
      "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR7", "CR8", "HSD", "MEA", "PS1", "LQ", "FRM", "CUR", "N2", "BHT",
      "SV4", "SV6", "SV7", "TOO", "DN1", "DN2", "UR", "IMM", "DSB", "III", "LS", "LE", "TA1":
      true
    default: false
    }
  }
}
