package import ClaimsDomain

/// IK3 with its IK4: a segment that could not be read, and which element of it. What the element said is never repeated,
/// since it may be about a member.
package struct SegmentError: Hashable, Sendable {
  /// IK301.
  package var segment: String
  /// IK302, counted from ST as 1.
  package var position: Int
  package var code: Code
  /// CTX*CLM01: the claim it is part of.
  package var claimNumber: ClaimNumber?
  package var element: Element?

  /// IK304.
  package enum Code: String, Hashable, Sendable {
    case unrecognized = "1"
    case unexpected = "2"
    case requiredMissing = "3"
    case elementsInError = "8"
  }

  package struct Element: Hashable, Sendable {
    package var position: Int
    package var component: Int?
    package var code: ElementCode
  }

  /// IK403.
  package enum ElementCode: String, Hashable, Sendable {
    case requiredMissing = "1"
    case tooLong = "5"
    case invalidCharacter = "6"
    case invalidCode = "7"
    case invalidDate = "8"
  }
}
