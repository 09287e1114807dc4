package import ClaimsDomain

/// The reason that a claim cannot be read, with the first location that shows it.
struct ClaimProblem: Error, Hashable {
  let location: SourceLocation
  let reason: String

  /// Whether the problem is in a segment of one of these names.
  func concerns(_ segments: String...) -> Bool {
    segments.contains { location.element?.hasPrefix($0) == true }
  }
}

/// The problems of one part of a claim, of a person of an 834, or of a question of a 270, in the order in which they were
/// found. The first is the reason of a rejection; the others are reported with it, so that all can be corrected at once.
struct ClaimProblems {
  private(set) var all: [ClaimProblem] = []

  /// The most problems to keep. A damaged claim may have any number.
  private static let limit = 50

  var first: ClaimProblem? { all.first }

  /// Notes a problem, unless its element has one already: a value that is missing is malformed too, and has no components.
  mutating func note(_ problem: ClaimProblem) {
    let isKnown = all.contains { known in
      if known.location == problem.location { return known.location.element != nil || known == problem }
      guard known.location.number == problem.location.number, let one = known.location.element,
        let other = problem.location.element
      else { return false }
      return one.hasPrefix("\(other)-") || other.hasPrefix("\(one)-")
    }
    if isKnown || all.count > Self.limit { return }
    all.append(all.count < Self.limit ? problem : ClaimProblem(location: problem.location, reason: .isCutShort))
  }

  /// Whether a problem is in a segment of this name.
  func concern(_ segment: String) -> Bool { all.contains { $0.concerns(segment) } }

  mutating func note(_ others: ClaimProblems) {
    for problem in others.all { note(problem) }
  }

  /// Reads a value, and notes the problem that it has.
  ///
  /// - Parameter absence: The problem of a value that is not there; nil when the value may be absent.
  mutating func value<Value>(
    _ read: @autoclosure () throws(ClaimProblem) -> Value?, orElse absence: @autoclosure () -> ClaimProblem? = nil
  ) -> Value? {
    do throws(ClaimProblem) {
      if let value = try read() { return value }
      if let problem = absence() { note(problem) }
      return nil
    } catch {
      note(error)
      return nil
    }
  }

  var stated: [StatedProblem] { all.map { StatedProblem(location: $0.location, reason: $0.reason) } }
}

/// A value that is missing or cannot be read. The reason never repeats what was sent.
package struct StatedProblem: Hashable, Sendable {
  package var location: SourceLocation
  package var reason: String
  /// Position of the line in its claim, from 1; nil when no line is concerned.
  package var line: Int?

  package init(location: SourceLocation, reason: String, line: Int? = nil) {
    (self.location, self.reason, self.line) = (location, reason, line)
  }
}
