internal import ClaimsDomain

extension ImplementationGuide {
  /// Checks the elements of a segment against their rules.
  ///
  /// - Parameter report: Called with each fault and whether it is decisive.
  func check(_ segment: X12Segment, by rule: SegmentRule, _ report: (GuideFault.Element, Bool) -> Void) {
    var position = 0
    for index in rule.elements {
      position += 1
      check(segment, position, by: elements[index]) { component, fault in
        let place = GuideFault.Element(position: position, component: component, code: fault.code)
        var isDecisive = elements[index].isDecisive
        if let component, case .composite(let parts) = elements[index].content, component <= parts.count {
          isDecisive = elements[parts.lowerBound + component - 1].isDecisive
        }
        report(place, isDecisive && !fault.isHarmless)
      }
    }
    if segment.elementCount > rule.elements.count {
      report(.init(position: rule.elements.count + 1, component: nil, code: .tooMany), false)
    }
    for index in rule.notes {
      guard let (position, code) = notes[index].fault(in: segment), position <= rule.elements.count else { continue }
      report(
        .init(position: position, component: nil, code: code),
        elements[rule.elements.lowerBound + position - 1].isDecisive)
    }
  }

  /// A fault of a value.
  private struct ValueFault {
    let code: ElementErrorCode
    /// Whether the value is unambiguous despite the fault.
    var isHarmless = false
  }

  private func check(
    _ segment: X12Segment, _ position: Int, by rule: ElementRule, _ report: (Int?, ValueFault) -> Void
  ) {
    guard segment.has(position) else {
      if rule.usage == .required { report(nil, ValueFault(code: .requiredMissing)) }
      return
    }
    guard rule.usage != .notUsed else { return report(nil, ValueFault(code: .notUsed)) }
    switch rule.content {
    case .simple(let value) where rule.repeats == 1:
      let found = segment.withBytes(position) { fault(in: $0, value, of: segment) }
      if let found { report(nil, found) }
    case .simple(let value):
      let repetitions = segment.bytes(position)
        .split(separator: X12Delimiters.Canonical.repetition, omittingEmptySubsequences: false)
      if repetitions.count > rule.repeats { report(nil, ValueFault(code: .tooManyRepetitions)) }
      for repetition in repetitions.prefix(rule.repeats) {
        if let fault = fault(in: repetition.span, value, of: segment) { report(nil, fault) }
      }
    case .composite(let parts):
      check(segment, position, by: parts, report)
    }
  }

  private func check(
    _ segment: X12Segment, _ position: Int, by parts: Range<Int>, _ report: (Int?, ValueFault) -> Void
  ) {
    if segment.componentCount(position) > parts.count {
      report(parts.count + 1, ValueFault(code: .tooManyComponents))
    }
    var component = 0
    for index in parts {
      component += 1
      let found = segment.withBytes(position, component: component) { value -> ValueFault? in
        switch (value.isEmpty, elements[index].usage, elements[index].content) {
        case (true, .required, _): ValueFault(code: .requiredMissing)
        case (true, _, _): nil
        case (false, .notUsed, _): ValueFault(code: .notUsed)
        case (false, _, .simple(let rule)): fault(in: value, rule, of: segment, composite: position)
        case (false, _, .composite): ValueFault(code: .invalidCharacter)
        }
      }
      if let found { report(component, found) }
    }
  }

  // MARK: Values

  /// - Parameter composite: The element that the value is a component of; nil if it is an element. A value may depend on
  ///   another one of the same composite, or of the segment.
  private func fault(
    in bytes: Span<UInt8>, _ rule: ValueRule, of segment: X12Segment, composite: Int? = nil
  ) -> ValueFault? {
    func code(_ number: Int) -> X12Code {
      if let composite { segment.code(composite, component: number) } else { segment.code(number) }
    }
    if let condition = rule.condition {
      let code = code(condition.element)
      guard code == .empty || has(code, in: condition.codes) else { return nil }
    }
    // A separator within a value without parts is read as part of the value.
    guard !bytes.holdsSeparator else { return ValueFault(code: .invalidCharacter, isHarmless: rule.type == .text) }
    var digits = bytes.count
    switch rule.type {
    case .text, .code: break
    case .whole, .decimal:
      guard let count = bytes.digits(isWhole: rule.type == .whole) else { return ValueFault(code: .invalidCharacter) }
      digits = count
    case .date: guard bytes.isDate(of: bytes.count) else { return ValueFault(code: .invalidDate) }
    case .time: guard bytes.isTime else { return ValueFault(code: .invalidTime) }
    }
    if digits < rule.lengths.lowerBound { return ValueFault(code: .tooShort) }
    if digits > rule.lengths.upperBound { return ValueFault(code: .tooLong) }
    if !rule.codes.isEmpty, !has(bytes, in: rule.codes) {
      // Codes compare without case everywhere.
      return ValueFault(code: .invalidCode, isHarmless: rule.isOpenList || has(bytes, in: rule.codes, inCapitals: true))
    }
    guard let element = rule.formatElement, !bytes.hasFormat(code(element)) else { return nil }
    // Some senders mix up the qualifiers of a day and a range. The value shows which it is.
    return ValueFault(code: .invalidDate, isHarmless: bytes.hasFormat("D8") || bytes.hasFormat("RD8"))
  }

  private func has(_ code: X12Code, in list: Range<Int>) -> Bool {
    for index in list where codes[index] == code { return true }
    return false
  }

  private func has(_ bytes: Span<UInt8>, in list: Range<Int>, inCapitals: Bool = false) -> Bool {
    let code = X12Code(bytes, inCapitals: inCapitals)
    guard code == .long else { return has(code, in: list) }
    let value = bytes.indices.map { inCapitals ? bytes[$0].uppercased : bytes[$0] }
    return list.contains { codes[$0] == .long && longCodes[$0] == value }
  }
}

extension ImplementationGuide.SyntaxNote {
  /// - Returns: The element that is missing or superfluous.
  fileprivate func fault(in segment: X12Segment) -> (position: Int, code: ElementErrorCode)? {
    let isFirstThere = segment.has(elements[0])
    let there = elements.count { segment.has($0) }
    let missing = elements.first { !segment.has($0) } ?? 0
    switch kind {
    case .paired where there > 0 && there < elements.count: return (missing, .conditionalMissing)
    case .oneOf where there == 0: return (missing, .conditionalMissing)
    case .listConditional where isFirstThere && there == 1: return (missing, .conditionalMissing)
    case .conditional where isFirstThere && there < elements.count: return (missing, .conditionalMissing)
    case .exclusive where there > 1:
      return (elements.filter { segment.has($0) }[1], .exclusion)
    default: return nil
    }
  }
}

extension Span<UInt8> {
  /// Whether a byte is one of the separators, which data never holds.
  fileprivate var holdsSeparator: Bool {
    for index in indices where self[index] < 0x20 { return true }
    return false
  }

  /// The number of digits of a number, which is what its length counts; nil when it is not a number.
  fileprivate func digits(isWhole: Bool) -> Int? {
    var (digits, points) = (0, 0)
    for index in indices where index > 0 || self[index] != UInt8(ascii: "-") {
      if self[index] == UInt8(ascii: "."), !isWhole {
        points += 1
      } else if self[index].isDigit {
        digits += 1
      } else {
        return nil
      }
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
    guard [4, 6, 7, 8].contains(count), decimal != nil, let hours = extracting(first: 2).decimal,
      let minutes = extracting(2..<4).decimal
    else { return false }
    return hours < 24 && minutes < 60 && (count == 4 || (extracting(4..<6).decimal ?? 60) < 60)
  }

  /// Whether the value is a date or time in the format that its qualifier names.
  fileprivate func hasFormat(_ qualifier: X12Code) -> Bool {
    switch qualifier {
    case "D8": return isDate(of: 8)
    case "RD8":
      guard count == 17, self[8] == UInt8(ascii: "-") else { return false }
      return extracting(first: 8).isDate(of: 8) && extracting(last: 8).isDate(of: 8)
    case "DT": return count == 12 && extracting(first: 8).isDate(of: 8) && extracting(last: 4).isTime
    case "TM": return count == 4 && isTime
    default: return true
    }
  }
}

extension UInt8 {
  var uppercased: UInt8 { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self }

  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
