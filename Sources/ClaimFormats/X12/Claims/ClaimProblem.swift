package import ClaimsDomain

/// The reason that a claim cannot be read, with the first location that shows it.
struct ClaimProblem: Error, Hashable {
  let location: SourceLocation
  let reason: String
}

/// A value that is missing or cannot be read. The reason never repeats what was sent.
package struct StatedProblem: Hashable, Sendable {
  package var location: SourceLocation
  package var reason: String
  /// Position of the line in its claim, from 1; nil when no line is concerned.
  package var line: Int?
}
