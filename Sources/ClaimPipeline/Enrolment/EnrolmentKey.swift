import ClaimsDomain
package import DurableExecution

/// A change of somebody's enrolment: `idemp:enroll:{digest}`, the digest being that of what the sponsor sent of the
/// person, in which batch. A file that comes again, after a newer one too, changes nothing.
package struct EnrolmentKey: EffectKey {
  package typealias Response = EnrolmentResponse
  package static let effect = "enroll"
  package static let retention = Retention.financial

  package let digest: String

  package init(digest: String) {
    self.digest = digest
  }

  package var segments: [String] { [digest] }
}
