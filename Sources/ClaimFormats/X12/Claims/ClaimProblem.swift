internal import ClaimsDomain

/// Why a claim cannot be read, at the first place that shows it.
struct ClaimProblem: Error, Hashable {
  let location: SourceLocation
  let reason: String
}
