package import ClaimsDomain

/// IK3 with its IK4: a segment that could not be read, and which element of it. What the element said is never repeated,
/// since it may be about a member.
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
  }
}

extension SegmentError {
  /// Nil for a segment whose name a 999 has no room for.
  init?(_ fault: GuideFault, of claim: ClaimNumber?) {
    let name = fault.segment.description
    guard (1...3).contains(name.utf8.count) else { return nil }
    self.init(
      segment: name, position: fault.position, code: fault.code, claimNumber: claim,
      element: fault.element.map { Element(position: $0.position, component: $0.component, code: $0.code) })
  }
}
