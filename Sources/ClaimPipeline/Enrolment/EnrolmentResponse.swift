package import ClaimsDomain

/// What a change of enrolment has changed.
package struct EnrolmentResponse: Hashable, Sendable, Codable {
  /// Whether the directory says anything else than before.
  package var changed: Bool
  /// People whose coverage ended because the subscriber's did.
  package var endedDependents: Int
  /// Decided claims that rest on what was said before.
  package var touchedClaims: [ClaimIntakeID]

  package init(changed: Bool, endedDependents: Int, touchedClaims: [ClaimIntakeID]) {
    self.changed = changed
    self.endedDependents = endedDependents
    self.touchedClaims = touchedClaims
  }

  enum CodingKeys: String, CodingKey {
    case changed
    case endedDependents = "ended_dependents"
    case touchedClaims = "touched_claims"
  }
}
