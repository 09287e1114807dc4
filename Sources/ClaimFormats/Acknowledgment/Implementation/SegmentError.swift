package import ClaimsDomain

/// IK3 with its IK4: a segment that could not be read, and which element of it. It goes back to whoever sent the element, and
/// nowhere else.
package struct SegmentError: Hashable, Sendable {
  /// IK301.
  package var segment: String
  /// IK302, counted from ST as 1.
  package var position: Int
  package var code: SegmentErrorCode
  /// CTX*CLM01: the claim it is part of.
  package var claimNumber: ClaimNumber?
  package var element: Element?

  package struct Element: Hashable, Sendable {
    package var position: Int
    package var component: Int?
    package var code: ElementErrorCode
    /// IK404, what the element said. Nil where that cannot be written as it was sent.
    package var value: String?

    init(position: Int, component: Int?, code: ElementErrorCode, of segment: X12Segment) {
      (self.position, self.component, self.code) = (position, component, code)
      let text = component.map { segment.text(position, component: $0) } ?? segment.text(position)
      value = text.flatMap { $0.utf8.count <= 99 && X12Text.bytes($0).elementsEqual($0.utf8) ? $0 : nil }
    }
  }
}

extension SegmentError {
  /// Nil for a segment whose name a 999 has no room for.
  ///
  /// - Parameter given: the segment in hand, in which the fault was found.
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
