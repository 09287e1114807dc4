import DurableExecution

/// What can go wrong between us and the bank. Messages name its host and port and say what to do; they carry nothing
/// of the payment.
extension ActivityFailure {
  static func gatewayUnreachable(_ place: String) -> ActivityFailure {
    .retryable(
      "gateway-unreachable", "the bank at \(place) cannot be reached; check that it runs and that the URL is right")
  }

  static func gatewayTimeout(_ place: String) -> ActivityFailure {
    .retryable(
      "gateway-timeout", "the bank at \(place) did not answer in time; its answer is asked for on the next try")
  }

  static func gatewayConnectionLost(_ place: String) -> ActivityFailure {
    .retryable(
      "gateway-connection-lost",
      "the connection to the bank at \(place) was lost before its answer; it is asked for on the next try")
  }

  /// A status that does not say what happened.
  static func gatewayStatus(_ status: Int, _ place: String) -> ActivityFailure {
    .retryable("gateway-error", "the bank at \(place) answered with HTTP status \(status); look into its log")
  }

  static func gatewayNonsense(_ place: String) -> ActivityFailure {
    .retryable(
      "gateway-error", "the answer from \(place) makes no sense; check that the URL is that of the bank")
  }

  static func gatewayBroken(_ place: String, _ reason: String) -> ActivityFailure {
    .retryable("gateway-error", "the bank at \(place) cannot be used: \(reason)")
  }

  static func gatewayRefusal(_ problem: BankProblem, _ place: String) -> ActivityFailure {
    .terminal(
      problem.rawValue,
      "the bank at \(place) refused: \(problem.title.prefix(1).lowercased())\(problem.title.dropFirst())")
  }
}
