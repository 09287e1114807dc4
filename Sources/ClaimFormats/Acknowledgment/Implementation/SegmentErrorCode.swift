/// What is wrong with a segment: IK304 of a 999 (X12 data element 620).
package enum SegmentErrorCode: String, Hashable, Sendable {
  case unrecognized = "1"
  case unexpected = "2"
  case requiredMissing = "3"
  case loopTooOften = "4"
  case tooOften = "5"
  case outOfSequence = "7"
  case elementsInError = "8"
  /// The standard has it, and the guide does not use it.
  case notUsed = "I4"
}

/// What is wrong with an element: IK403 of a 999 (X12 data element 621).
package enum ElementErrorCode: String, Hashable, Sendable {
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
  case patternMismatch = "I12"
}
