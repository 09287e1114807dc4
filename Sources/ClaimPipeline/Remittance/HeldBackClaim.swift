import ClaimStore
package import ClaimsDomain

/// A claim that cannot be told to its provider as it stands, and waits for a run that can.
package struct HeldBackClaim: Hashable, Sendable {
  package let claimID: ClaimIntakeID
  /// Names no patient.
  package let reason: String
  let due: DueClaim

  init(_ due: DueClaim, reason: String) {
    claimID = due.claimID
    self.reason = reason
    self.due = due
  }
}
