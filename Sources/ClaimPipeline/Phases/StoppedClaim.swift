import BankProtocol
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// How a claim left the chain before the last agent.
package enum StoppedClaim: Sendable {
  /// Intake rejected the claim.
  case rejected(ActivityFailure, key: KeyText, isReplay: Bool)
  /// The claim is not finished but may still finish: run it again.
  case unsettled(Unsettled)
}

/// Why a claim is not finished. Nothing is lost: what was recorded stays, and the next run continues from there.
package struct Unsettled: Error, Sendable {
  package var reason: ActivityFailure
  /// When to try again; nil when only a person can help.
  package var retryAt: Timestamp?
  /// The claim's row as known so far.
  package var row: ClaimRow?
  /// Whether the bank may have been instructed to pay and its reply is not known.
  package var isPaymentUnknown: Bool

  package init(
    _ reason: ActivityFailure, retryAt: Timestamp? = nil, row: ClaimRow? = nil, isPaymentUnknown: Bool = false
  ) {
    self.reason = reason
    self.retryAt = retryAt
    self.row = row
    self.isPaymentUnknown = isPaymentUnknown
  }

  package static let noAnswer = Unsettled(
    .retryable(RunnerFailureCode.noAnswer.rawValue, "an agent gave no answer for this claim"))

  static func inProgress(until: Timestamp, row: ClaimRow? = nil) -> Unsettled {
    Unsettled(
      ActivityFailure(.inProgress, "another worker is processing it, or stopped less than a lease ago; run it again"),
      retryAt: until, row: row)
  }

  static func mismatch(_ key: KeyText, row: ClaimRow? = nil) -> Unsettled {
    Unsettled(
      ActivityFailure(.keyMismatch, "key \(key.digest.prefix(16)) was used for another request; nothing was changed"),
      row: row)
  }
}
