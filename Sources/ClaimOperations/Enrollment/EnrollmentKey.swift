package import ClaimsDomain
package import DurableExecution

/// The key of a change of a person's enrollment: `idemp:enroll:{digest}`, where the digest covers what the sponsor sent
/// about the person and the batch it came in. A file that arrives again, even after a newer one, changes nothing.
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

/// The result of an enrollment change.
package struct EnrollmentResponse: Hashable, Sendable, Codable {
  /// Whether the change altered the directory.
  package var changed: Bool
  /// The number of people whose coverage ended because the subscriber's did.
  package var endedDependents: Int
  /// Decided claims that rely on the previous enrollment.
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
