internal import ClaimsDomain

/// Checks the elements of a segment against the rules of its guide.
struct ElementCheck {
  private let segment: X12Segment
  private let guide: ImplementationGuide

  init(_ segment: X12Segment, _ guide: ImplementationGuide) {
    self.segment = segment
    self.guide = guide
  }

  /// - Parameter report: Called with each fault and whether it is decisive.
  func check(by rule: ImplementationGuide.SegmentRule, _ report: (GuideFault.Element, Bool) -> Void) {
    var position = 0
    for index in rule.elements {
      position += 1
      let element = guide.elements[index]
      check(element, at: position) { component, fault in
        let place = GuideFault.Element(position: position, component: component, code: fault.code)
        var isDecisive = element.isDecisive
        if let component, case .composite(let parts) = element.content, component <= parts.count {
          isDecisive = guide.elements[parts.lowerBound + component - 1].isDecisive
        }
        report(place, isDecisive && !fault.isHarmless)
      }
    }
    if segment.elementCount > rule.elements.count {
      report(.init(position: rule.elements.count + 1, component: nil, code: .tooMany), false)
    }
    for index in rule.notes {
      guard let (position, code) = fault(guide.notes[index]), position <= rule.elements.count else { continue }
      report(
        .init(position: position, component: nil, code: code),
        guide.elements[rule.elements.lowerBound + position - 1].isDecisive)
    }
  }

  /// A fault of a value.
  private struct ValueFault {
    let code: ElementErrorCode
    /// Whether the value is unambiguous despite the fault.
    var isHarmless = false
  }

  private func check(
    _ element: ImplementationGuide.ElementRule, at position: Int, _ report: (Int?, ValueFault) -> Void
  ) {
    let bytes = segment.bytes(position)
    guard !bytes.isEmpty else {
      if element.usage == .required { report(nil, ValueFault(code: .requiredMissing)) }
      return
    }
    guard element.usage != .notUsed else { return report(nil, ValueFault(code: .notUsed)) }
    switch element.content {
    case .simple(let value) where element.repeats == 1:
      if let fault = fault(bytes, value, format: segment.code) { report(nil, fault) }
    case .simple(let value):
      let repetitions = bytes.split(separator: X12Delimiters.Canonical.repetition, omittingEmptySubsequences: false)
      if repetitions.count > element.repeats { report(nil, ValueFault(code: .tooManyRepetitions)) }
      for repetition in repetitions.prefix(element.repeats) {
        if let fault = fault(repetition, value, format: segment.code) { report(nil, fault) }
      }
    case .composite(let parts):
      check(parts, at: position, report)
    }
  }

  private func check(
    _ parts: Range<Int>, at position: Int, _ report: (Int?, ValueFault) -> Void
  ) {
    if segment.componentCount(position) > parts.count {
      report(parts.count + 1, ValueFault(code: .tooManyComponents))
    }
    var component = 0
    for index in parts {
      component += 1
      let part = guide.elements[index]
      let value = segment.bytes(position, component: component)
      let fault: ValueFault? =
        switch (value.isEmpty, part.usage, part.content) {
        case (true, .required, _): ValueFault(code: .requiredMissing)
        case (true, _, _): nil
        case (false, .notUsed, _): ValueFault(code: .notUsed)
        case (false, _, .simple(let rule)): fault(value, rule) { segment.code(position, component: $0) }
        case (false, _, .composite): ValueFault(code: .invalidCharacter)
        }
      if let fault { report(component, fault) }
    }
  }

  // MARK: Values

  /// - Parameter format: Returns the code of the element or component with a given number, on which this value depends.
  private func fault(
    _ bytes: ArraySlice<UInt8>, _ rule: ImplementationGuide.ValueRule, format: (Int) -> X12Code
  ) -> ValueFault? {
    if let condition = rule.condition {
      let code = format(condition.element)
      guard code == .empty || condition.codes.contains(where: { guide.codes[$0] == code }) else { return nil }
    }
    // A separator within a value without parts is read as part of the value.
    guard !bytes.contains(where: { $0 < 0x20 }) else {
      return ValueFault(code: .invalidCharacter, isHarmless: rule.type == .text)
    }
    let digits: Int
    switch rule.type {
    case .text, .code: digits = bytes.count
    case .whole, .decimal:
      guard let count = bytes.digits(isWhole: rule.type == .whole) else { return ValueFault(code: .invalidCharacter) }
      digits = count
    case .date:
      digits = bytes.count
      guard bytes.isDate(of: bytes.count) else { return ValueFault(code: .invalidDate) }
    case .time:
      digits = bytes.count
      guard bytes.isTime else { return ValueFault(code: .invalidTime) }
    }
    if digits < rule.lengths.lowerBound { return ValueFault(code: .tooShort) }
    if digits > rule.lengths.upperBound { return ValueFault(code: .tooLong) }
    if !rule.codes.isEmpty, !has(bytes, rule.codes) {
      // Codes compare without case everywhere.
      return ValueFault(
        code: .invalidCode, isHarmless: rule.isOpenList || has(bytes.map(\.uppercased)[...], rule.codes))
    }
    guard let element = rule.formatElement, !bytes.hasFormat(format(element)) else { return nil }
    // Some senders mix up the qualifiers of a day and a range. The value shows which it is.
    return ValueFault(code: .invalidDate, isHarmless: bytes.hasFormat("D8") || bytes.hasFormat("RD8"))
  }

  private func has(_ bytes: ArraySlice<UInt8>, _ codes: Range<Int>) -> Bool {
    let code = X12Code(bytes)
    for index in codes where guide.codes[index] == code {
      if code != .long || guide.longCodes[index]?.elementsEqual(bytes) == true { return true }
    }
    return false
  }

  // MARK: Notes

  /// - Returns: The element that is missing or superfluous.
  private func fault(_ note: ImplementationGuide.SyntaxNote) -> (position: Int, code: ElementErrorCode)? {
    let there = note.elements.filter { !segment.bytes($0).isEmpty }
    let missing = note.elements.first { segment.bytes($0).isEmpty } ?? 0
    let isFirstThere = note.elements.first == there.first && !there.isEmpty
    switch note.kind {
    case .paired where !there.isEmpty && there.count < note.elements.count: return (missing, .conditionalMissing)
    case .oneOf where there.isEmpty: return (missing, .conditionalMissing)
    case .listConditional where isFirstThere && there.count == 1: return (missing, .conditionalMissing)
    case .conditional where isFirstThere && there.count < note.elements.count: return (missing, .conditionalMissing)
    case .exclusive where there.count > 1: return (there[1], .exclusion)
    default: return nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// The number of digits of a number, which is what its length counts; nil when it is not a number.
  fileprivate func digits(isWhole: Bool) -> Int? {
    let unsigned = first == UInt8(ascii: "-") ? dropFirst() : self[...]
    var (digits, points) = (0, 0)
    for byte in unsigned {
      if byte == UInt8(ascii: "."), !isWhole { points += 1 } else if byte.isDigit { digits += 1 } else { return nil }
    }
    return digits > 0 && points <= 1 ? digits : nil
  }

  /// Whether the digits are a valid date of six or eight digits.
  fileprivate func isDate(of length: Int) -> Bool {
    guard count == length, length == 6 || length == 8, let number = decimal else { return false }
    let full = length == 6 ? 20_000_000 + number : number
    return CalendarDate(year: full / 10_000, month: full / 100 % 100, day: full % 100) != nil
  }

  /// Whether the digits are a time: HHMM, optionally followed by seconds and hundredths.
  fileprivate var isTime: Bool {
    guard [4, 6, 7, 8].contains(count), let hours = prefix(2).decimal, let minutes = dropFirst(2).prefix(2).decimal,
      allSatisfy(\.isDigit)
    else { return false }
    return hours < 24 && minutes < 60 && (count == 4 || (dropFirst(4).prefix(2).decimal ?? 60) < 60)
  }

  /// Whether the value is a date or time in the format that its qualifier names.
  fileprivate func hasFormat(_ qualifier: X12Code) -> Bool {
    switch qualifier {
    case "D8": return isDate(of: 8)
    case "RD8":
      let days = split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      return days.count == 2 && days.allSatisfy { $0.isDate(of: 8) }
    case "DT": return count == 12 && prefix(8).isDate(of: 8) && dropFirst(8).isTime
    case "TM": return count == 4 && isTime
    default: return true
    }
  }
}

extension UInt8 {
  fileprivate var uppercased: UInt8 { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self }

  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
