/// Why an activity did not do its work. Everything that goes wrong at the runner becomes one of these.
///
/// `code` and `message` are stored, logged and sent back; they carry no personal data.
package struct ActivityFailure: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// A short, stable word for programs: `payee-refused`.
  package let code: String
  /// One line for people.
  package let message: String
  /// Terminal failures are stored and replayed like a success; only a person releases them.
  package let isTerminal: Bool

  private init(code: String, message: String, isTerminal: Bool) {
    self.code = code
    self.message = message
    self.isTerminal = isTerminal
  }

  /// The work was refused for good: another try with the same request would be refused again.
  package static func terminal(_ code: String, _ message: String) -> ActivityFailure {
    ActivityFailure(code: code, message: message, isTerminal: true)
  }

  /// The work may succeed later: nothing is stored, and the key stays with whoever holds its lease.
  package static func retryable(_ code: String, _ message: String) -> ActivityFailure {
    ActivityFailure(code: code, message: message, isTerminal: false)
  }

  package var description: String { "\(message) (\(code))" }
}

/// The codes of the runner's own failures. All others are its caller's.
package enum RunnerFailureCode: String, CaseIterable, Sendable {
  /// The lease ended before the other system answered, and nothing more was sent.
  case leaseEnded = "lease-ended"
  /// The other system may or may not have acted.
  case unknownOutcome = "unknown-outcome"
}

extension ActivityFailure {
  static let leaseEnded = retryable(
    RunnerFailureCode.leaseEnded.rawValue, "the lease ended before the other system answered")

  static let unknownOutcome = retryable(RunnerFailureCode.unknownOutcome.rawValue, "the outcome is unknown")
}
