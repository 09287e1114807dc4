package import ClaimsDomain
package import DurableExecution

extension ActivityFailure {
  package init(_ code: FailureCode, _ message: String) {
    self = code.isTerminal ? .terminal(code.rawValue, message) : .retryable(code.rawValue, message)
  }

  /// The failure code; nil for a code of the runner or of another build.
  package var failureCode: FailureCode? { FailureCode(rawValue: code) }

  /// The action to take. `process`, the queue's workers, and the exit status all use this property.
  package var followUp: FollowUp {
    if let failureCode { return failureCode.followUp }
    switch RunnerFailureCode(rawValue: code) {
    case .leaseEnded: return .now
    case .unknownOutcome, .noAnswer: return .later
    case .responseNotStorable: return .person
    case nil: return isTerminal ? .person : .later
    }
  }
}

extension FailureCode {
  /// Creates the code of an error that affects only one claim, so that the other claims of its batch can go on without
  /// it. Returns nil for an error that every claim would meet.
  package init?(ofOneClaim error: any Error) {
    switch error {
    case let failure as StoreFailure:
      switch failure {
      case .fenced: self = .fenced
      case .stale: self = .stale
      case .constraint: self = .constraint
      case .data: self = .data
      case .corrupt: self = .damaged
      case .unreachable, .failed, .busy, .unwritable, .newerSchema, .otherBuild:
        return nil
      }
    case is EncodingError: self = .damaged
    default: return nil
    }
  }
}
