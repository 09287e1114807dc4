/// That a claim waits for a person: why, and which other claims to look at beside it.
package struct Suspense: Hashable, Sendable {
  package let reason: SuspenseReason
  package let otherClaims: [ClaimIntakeID]

  package init(_ reason: SuspenseReason, beside otherClaims: [ClaimIntakeID] = []) {
    self.reason = reason
    self.otherClaims = otherClaims
  }

  /// `other-payer-first`.
  package var code: String { reason.code }

  /// For the examiner.
  package var text: String { reason.text }
}
