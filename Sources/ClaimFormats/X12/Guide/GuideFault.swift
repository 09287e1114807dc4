import ClaimsDomain

/// A deviation of a transaction from its guide, in the terms of a 999.
struct GuideFault: Hashable {
  /// The segment's name: `NM1`.
  let segment: X12Code
  /// The code that identifies a missing segment, when a single code does: `85`.
  let identifier: X12Code?
  /// The segment's position, counted from ST as 1; for a missing segment, the position where it is missed.
  let position: Int
  /// The loop's name: `2010AA`; empty outside of all loops.
  let loop: String
  let code: SegmentErrorCode
  let element: Element?
  /// The party or part of the transaction concerned.
  let scope: ImplementationGuide.Scope
  /// Whether the fault is in a part that says who, what, when, how much, or who pays.
  let isDecisive: Bool

  struct Element: Hashable {
    let position: Int
    let component: Int?
    let code: ElementErrorCode
  }

  var place: GuideChecks.Place {
    GuideChecks.Place(loop: loop, segment: segment.description, element: element?.position)
  }

  /// Whether the fault is a segment that a claim lacks, as found at its end.
  var isMissingFromClaim: Bool { scope == .claim && code == .requiredMissing }
}

extension GuideFault {
  /// Returns the fault as the reason that a claim is rejected.
  ///
  /// - Parameter number: The number of the segment in the file.
  func problem(at number: Int) -> ClaimProblem {
    var place = name
    if let element {
      place += element.position < 10 ? "0\(element.position)" : "\(element.position)"
      if let component = element.component { place += "-\(component)" }
    }
    return ClaimProblem(location: SourceLocation(.segment, number, element: place), reason: reason)
  }

  /// The segment's name, such as `NM1` or `NM1*85`.
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

/// A fault of a segment: IK304 of a 999 (X12 data element 620).
package enum SegmentErrorCode: String, Hashable, Sendable {
  case unrecognized = "1"
  case unexpected = "2"
  case requiredMissing = "3"
  case loopTooOften = "4"
  case tooOften = "5"
  case outOfSequence = "7"
  case elementsInError = "8"
  /// The standard has the segment, but the guide does not use it.
  case notUsed = "I4"
}

/// A fault of an element: IK403 of a 999 (X12 data element 621).
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
