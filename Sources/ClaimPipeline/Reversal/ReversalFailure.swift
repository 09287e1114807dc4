import BankProtocol
import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The claim that is to be replaced is on its way: worth another go when it is there.
  static func priorClaimUnderWay(_ claim: ClaimIntakeID) -> ActivityFailure {
    ActivityFailure(.priorClaimUnderWay, "claim \(claim), which it replaces, is not at its end yet; run it again")
  }
}
