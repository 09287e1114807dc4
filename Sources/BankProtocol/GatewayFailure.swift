package import ClaimsDomain
package import DurableExecution

/// The failures that can occur between us and the bank. Messages give the bank's host and port and say what to do; they
/// contain no payment data.
extension ActivityFailure {
  package static func gatewayUnreachable(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .gatewayUnreachable, "the bank at \(place) cannot be reached; check that it runs and that the URL is right")
  }

  package static func gatewayTimeout(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .gatewayTimeout, "the bank at \(place) did not answer in time; its answer is asked for on the next try")
  }

  package static func gatewayConnectionLost(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .gatewayConnectionLost,
      "the connection to the bank at \(place) was lost before its answer; it is asked for on the next try")
  }

  /// A status that does not say what happened.
  package static func gatewayStatus(_ status: Int, _ place: String) -> ActivityFailure {
    ActivityFailure(.gatewayError, "the bank at \(place) answered with HTTP status \(status); look into its log")
  }

  package static func gatewayNonsense(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .gatewayError, "the answer from \(place) makes no sense; check that the URL is that of the bank")
  }

  package static func gatewayBroken(_ place: String, _ reason: String) -> ActivityFailure {
    ActivityFailure(.gatewayError, "the bank at \(place) cannot be used: \(reason)")
  }

  /// The bank's record of a payment differs from the order. A person has to decide what to do.
  package static func bankContradicts(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .bankContradicts,
      "the bank at \(place) says of this payment's tracking id another amount, payee or claim than was ordered; "
        + "compare its books: `claims verify`")
  }

  /// A receipt is missing, is not the bank's, or states something else than was ordered. What the bank did is unknown.
  package static func receiptInvalid(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .receiptInvalid,
      "the bank at \(place) gave no receipt that its key on record has signed for this order; its outcome is unknown: "
        + "find out who answers there")
  }

  /// The bank at the address signs with another key than the one on record.
  package static func otherBankKey(_ place: String) -> ActivityFailure {
    ActivityFailure(
      .receiptInvalid,
      "the bank at \(place) does not sign with its key on record, so its answer does not count: find out who answers "
        + "there")
  }

  package static func gatewayRefusal(_ problem: BankProblem, _ place: String) -> ActivityFailure {
    ActivityFailure(
      problem.failureCode,
      "the bank at \(place) refused: \(problem.title.prefix(1).lowercased())\(problem.title.dropFirst())")
  }
}

extension BankProblem {
  /// The failure of a request that the bank refused for this reason.
  package var failureCode: FailureCode {
    switch self {
    case .payeeRefused: .payeeRefused
    case .payloadMismatch: .payloadMismatch
    case .trackingIDTaken: .trackingIDTaken
    case .otherKey: .otherIdempotencyKey
    case .unknownPayment: .unknownPayment
    case .paymentVoided: .paymentVoided
    case .nothingToVoid: .nothingToVoid
    case .malformed: .malformedRequest
    case .keyMissing: .idempotencyKeyMissing
    case .tooLarge: .requestTooLarge
    case .paidUnderOtherKey: .paidUnderOtherKey
    case .otherBank: .otherBank
    case .signatureMissing, .signatureInvalid, .issuerUnknown: .signatureRefused
    // These problems have no failure code of their own.
    case .fenced, .notToCorrect, .notFound, .unavailable: .bankRefused
    }
  }
}
