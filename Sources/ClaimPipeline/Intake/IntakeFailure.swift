import BankProtocol
import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The claim is sent back: as it stands it can never be decided.
  static func intakeRejected(_ fault: ClaimFault, of kind: ClaimKind) -> ActivityFailure {
    ActivityFailure(.claimRejected, fault.element(of: kind).map { "\($0): \(fault.reason)" } ?? fault.reason)
  }
}
