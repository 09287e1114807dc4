/// That a claim waits for a person: why, and whether there is another claim to look at.
package struct Suspense: Hashable, Sendable {
  package let reason: SuspenseReason
  package let otherClaim: ClaimIntakeID?

  package init(_ reason: SuspenseReason, beside otherClaim: ClaimIntakeID? = nil) {
    self.reason = reason
    self.otherClaim = otherClaim
  }

  /// `other-payer-first`.
  package var code: String { reason.code }

  /// For the examiner.
  package var text: String { reason.text + (otherClaim.map { " (claim \($0))" } ?? "") }
}
