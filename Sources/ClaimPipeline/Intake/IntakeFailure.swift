import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The claim is sent back: as it stands it can never be decided.
  static func intakeRejected(_ fault: ClaimFault) -> ActivityFailure {
    .terminal("claim-rejected", fault.element.map { "\($0): \(fault.reason)" } ?? fault.reason)
  }
}
