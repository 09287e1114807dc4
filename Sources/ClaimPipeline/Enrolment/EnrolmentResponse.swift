package import ClaimsDomain

/// What a change of enrolment has changed.
package struct EnrolmentResponse: Hashable, Sendable, Codable {
  /// Whether the directory says anything else than before.
  package var changed: Bool
  /// Decided claims that rest on what was said before.
  package var touchedClaims: [ClaimIntakeID]

  package init(changed: Bool, touchedClaims: [ClaimIntakeID]) {
    self.changed = changed
    self.touchedClaims = touchedClaims
  }

  enum CodingKeys: String, CodingKey {
    case changed
    case touchedClaims = "touched_claims"
  }
}
