/// What in a transaction is not as its guide has it, in the terms of a 999.
struct GuideFault: Hashable {
  /// The segment: `NM1`.
  let segment: X12Code
  /// Counted from ST as 1; for a segment that is missing, where it is missed.
  let position: Int
  /// The loop: `2010AA`; empty outside of all.
  let loop: String
  /// IK304.
  let code: SegmentCode
  let element: Element?

  /// IK304.
  enum SegmentCode: String, Hashable, Sendable {
    case unrecognized = "1"
    case unexpected = "2"
    case requiredMissing = "3"
    case loopTooOften = "4"
    case tooOften = "5"
    case elementsInError = "8"
  }

  struct Element: Hashable {
    let position: Int
    let component: Int?
    let code: ElementCode
  }

  /// IK403.
  enum ElementCode: String, Hashable, Sendable {
    case requiredMissing = "1"
    case conditionalMissing = "2"
    case tooMany = "3"
    case tooShort = "4"
    case tooLong = "5"
    case invalidCharacter = "6"
    case invalidCode = "7"
    case invalidDate = "8"
    case invalidTime = "9"
    case exclusion = "10"
    case tooManyRepetitions = "11"
    case tooManyComponents = "12"
    case notUsed = "I10"
  }
}
