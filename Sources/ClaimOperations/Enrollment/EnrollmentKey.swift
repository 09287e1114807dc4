package import ClaimsDomain
package import DurableExecution

/// A change of somebody's enrollment: `idemp:enroll:{digest}`, the digest being that of what the sponsor sent of the
/// person, in which batch. A file that comes again, after a newer one too, changes nothing.
package struct EnrollmentKey: EffectKey {
  package typealias Response = EnrollmentResponse
  package static let effect = "enroll"
  package static let retention = Retention.financial

  package let digest: String

  package init(digest: String) {
    self.digest = digest
  }

  package var segments: [String] { [digest] }
}

/// What a change of enrollment has changed.
package struct EnrollmentResponse: Hashable, Sendable, Codable {
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
