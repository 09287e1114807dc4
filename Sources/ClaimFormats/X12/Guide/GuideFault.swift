import ClaimsDomain

/// What in a transaction is not as its guide has it, in the terms of a 999.
struct GuideFault: Hashable {
  /// The segment: `NM1`.
  let segment: X12Code
  /// What identifies a segment that is missing, where one code does: `85`.
  let identifier: X12Code?
  /// Counted from ST as 1; for a segment that is missing, where it is missed.
  let position: Int
  /// The loop: `2010AA`; empty outside of all.
  let loop: String
  let code: SegmentErrorCode
  let element: Element?
  /// Whom it is about.
  let scope: ImplementationGuide.Scope
  /// Whether it is in what says who, what, when, how much or who pays.
  let isDecisive: Bool

  struct Element: Hashable {
    let position: Int
    let component: Int?
    let code: ElementErrorCode
  }

  var place: GuideChecks.Place {
    GuideChecks.Place(loop: loop, segment: segment.description, element: element?.position)
  }

  /// Whether a claim lacks it at its end.
  var isMissingFromClaim: Bool { scope == .claim && code == .requiredMissing }
}

extension GuideFault {
  /// As the reason why a claim is not taken in.
  ///
  /// - Parameter number: of the segment in the file.
  func problem(at number: Int) -> ClaimProblem {
    var place = name
    if let element {
      place += element.position < 10 ? "0\(element.position)" : "\(element.position)"
      if let component = element.component { place += "-\(component)" }
    }
    return ClaimProblem(location: SourceLocation(.segment, number, element: place), reason: reason)
  }

  /// `NM1`, or `NM1*85`.
  private var name: String { segment.description + (identifier.map { "*\($0)" } ?? "") }

  private var reason: String {
    let loop = loop.isEmpty ? "the transaction" : "loop \(loop)"
    guard let element else {
      return switch code {
      case .unrecognized: "there is no such segment"
      case .unexpected, .notUsed: "\(loop) has no such segment"
      case .requiredMissing: "\(loop) has no \(name), which is required"
      case .loopTooOften: "\(loop) stands more often than the guide allows"
      case .tooOften: "the segment stands more often in \(loop) than the guide allows"
      case .outOfSequence: "the segment is out of sequence in \(loop)"
      case .elementsInError: "the segment has elements in error"
      }
    }
    return switch element.code {
    case .requiredMissing: "it is required, and missing"
    case .conditionalMissing: "it is required beside another element, and missing"
    case .tooMany: "the segment has no such element"
    case .tooManyComponents: "the element has no such component"
    case .tooManyRepetitions: "it is repeated more often than the guide allows"
    case .tooShort: "it is too short"
    case .tooLong: "it is too long"
    case .invalidCharacter: "it holds characters that do not belong there"
    case .invalidCode: "its code is none that the guide has for it"
    case .invalidDate: "it is not a date, or not in the format that its qualifier names"
    case .invalidTime: "it is not a time"
    case .exclusion: "it excludes another element that is there"
    case .notUsed: "the guide does not use it"
    case .patternMismatch: "it does not count on from the one before"
    }
  }
}

extension GuideChecks {
  func isError(_ fault: GuideFault) -> Bool { isError(at: fault.place, isDecisive: fault.isDecisive) }
}

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
