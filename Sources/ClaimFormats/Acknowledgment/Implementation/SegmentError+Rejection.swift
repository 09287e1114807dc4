import ClaimsDomain

extension SegmentError {
  /// Why the reader rejected a claim, as far as X12 has codes for it; nil where it is no matter of syntax.
  ///
  /// - Parameter segment: the one that the rejection names.
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

  /// `SV101-2`: the digits after the segment's name, and a component's after a hyphen.
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
