package import ClaimsDomain

/// Why a claim cannot be read, at the first place that shows it.
struct ClaimProblem: Error, Hashable {
  let location: SourceLocation
  let reason: String
}

/// An amount that is missing or is none. The reason repeats nothing of what was sent.
package struct StatedProblem: Hashable, Sendable {
  package var location: SourceLocation
  package var reason: String
  /// Position of the line in its claim, from 1; nil when it is none's.
  package var line: Int?
}
