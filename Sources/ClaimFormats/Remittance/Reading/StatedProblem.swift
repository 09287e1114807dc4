package import ClaimsDomain

/// An amount that is missing or is none. The reason repeats nothing of what was sent.
package struct StatedProblem: Hashable, Sendable {
  package var location: SourceLocation
  package var reason: String
  /// Position of the line in its claim, from 1; nil when it is none's.
  package var line: Int?
}
