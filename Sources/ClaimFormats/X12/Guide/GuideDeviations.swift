package import ClaimsDomain

/// A deviation of claims from their guide that rejects none of them.
package struct GuideDeviation: Hashable, Sendable {
  /// The first place of it in the file.
  package let location: SourceLocation
  package let reason: String
  /// In how many places of the file it was found, 1 or more.
  package fileprivate(set) var count = 1
}

/// The deviations of a file, each kind once. A sender who deviates usually does so in every claim.
struct GuideDeviations {
  private(set) var all: [GuideDeviation] = []
  private var positions: [Kind: Int] = [:]

  private struct Kind: Hashable {
    let place: GuideChecks.Place
    let identifier: X12Code?
    let component: Int?
    let reason: String
  }

  /// More kinds than a person reads about.
  private static let limit = 200

  /// - Parameter number: The number of the segment in the file.
  mutating func note(_ fault: GuideFault, at number: Int) {
    let problem = fault.problem(at: number)
    let kind = Kind(
      place: fault.place, identifier: fault.identifier, component: fault.element?.component, reason: problem.reason)
    if let position = positions[kind] {
      all[position].count += 1
    } else if all.count < Self.limit {
      positions[kind] = all.count
      all.append(GuideDeviation(location: problem.location, reason: problem.reason))
    }
  }
}
