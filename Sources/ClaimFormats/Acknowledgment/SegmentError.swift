package import ClaimsDomain

/// IK3 with its IK4: a segment that could not be read, and the element at fault. It is returned only to the sender of
/// the element.
package struct SegmentError: Hashable, Sendable {
  /// IK301.
  package var segment: String
  /// IK302, counted from ST as 1.
  package var position: Int
  package var code: SegmentErrorCode
  /// CTX*CLM01: the claim that the segment is part of.
  package var claimNumber: ClaimNumber?
  package var element: Element?

  package struct Element: Hashable, Sendable {
    package var position: Int
    package var component: Int?
    package var code: ElementErrorCode
    /// IK404, the element's value. Nil when the value cannot be written back exactly as it was sent.
    package var value: String?

    init(position: Int, component: Int?, code: ElementErrorCode, of segment: X12Segment) {
      (self.position, self.component, self.code) = (position, component, code)
      let text = component.map { segment.text(position, component: $0) } ?? segment.text(position)
      value = text.flatMap { $0.utf8.count <= 99 && X12Text.bytes($0).elementsEqual($0.utf8) ? $0 : nil }
    }
  }
}

extension SegmentError {
  /// Returns nil for a segment whose name does not fit in a 999.
  ///
  /// - Parameter given: The current segment, in which the fault was found.
  init?(_ fault: GuideFault, in given: X12Segment, of claim: ClaimNumber?) {
    let name = fault.segment.description
    guard (1...3).contains(name.utf8.count) else { return nil }
    self.init(
      segment: name, position: fault.position, code: fault.code, claimNumber: claim,
      element: fault.element.map {
        Element(position: $0.position, component: $0.component, code: $0.code, of: given)
      })
  }
}

extension SegmentError {
  /// The reader's reason for rejecting a claim, as far as X12 has codes for it; nil when the reason is not a matter of
  /// syntax.
  ///
  /// - Parameter segment: The segment that the rejection names.
  init?(_ rejection: ClaimRejection, in segment: X12Segment, position: Int) {
    let name = segment.name.description
    guard let place = rejection.location.element, (1...3).contains(name.utf8.count) else { return nil }
    self.init(
      segment: name, position: position, code: .elementsInError, claimNumber: rejection.claimNumber, element: nil)
    if segment.flaw == .notText || segment.flaw == .holdsControl, let position = segment.flawedElement {
      element = Element(position: position, component: nil, code: .invalidCharacter, of: segment)
      return
    }
    guard let element = Self.element(place, in: segment) else {
      code = X12Dictionary.isKnown(segment.name) || name == "CLM" || name == "HL" ? .unexpected : .unrecognized
      return
    }
    self.element = element
  }

  /// Parses a place such as `SV101-2`: the element's digits after the segment's name, then a component's after a
  /// hyphen.
  private static func element(_ place: String, in segment: X12Segment) -> Element? {
    let name = segment.name.description
    guard place.hasPrefix(name) else { return nil }
    let parts = place.dropFirst(name.count).split(separator: "-")
    guard let number = parts.first.flatMap({ Int($0) }), number > 0 else { return nil }
    let component = parts.dropFirst().first.flatMap { Int($0) }
    let text = component.map { segment.text(number, component: $0) } ?? segment.text(number)
    return Element(position: number, component: component, code: code(of: text, name, number), of: segment)
  }

  private static func code(of text: String?, _ name: String, _ number: Int) -> ElementErrorCode {
    guard let text else { return .requiredMissing }
    switch (name, number) {
    case ("DTP", 3), ("DMG", 2): return .invalidDate
    case ("CLM", 1): return text.count > X12Limits.claimNumberLength ? .tooLong : .invalidCharacter
    case ("CLM", 2), ("SV1", 2), ("SV1", 4), ("SV2", 3), ("SV2", 5): return .invalidCharacter
    default: return .invalidCode
    }
  }
}
