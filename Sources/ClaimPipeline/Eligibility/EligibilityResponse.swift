package import ClaimsDomain

/// A snapshot of the directory: what it said when the claim was decided, whatever it says later.
package struct EligibilityResponse: Hashable, Sendable, Codable {
  package var standing: Standing
  /// All of the member's enrolments, since a claim may span more than one.
  package var spans: [Coverage]

  /// The plan in force on a day.
  func plan(on day: CalendarDate) -> PlanID? {
    if case .active(let coverage) = CoverageStanding(on: day, among: spans) { coverage.planID } else { nil }
  }

  package enum Standing: String, Sendable, Codable {
    case active
    case notYetEffective = "not-yet-effective"
    case terminated
    case memberUnknown = "member-unknown"

    init(_ standing: CoverageStanding) {
      self =
        switch standing {
        case .active: .active
        case .notYetEffective: .notYetEffective
        case .terminated: .terminated
        case .memberUnknown: .memberUnknown
        }
    }
  }
}
