/// Every code that a failure can carry, with the follow-up it requires.
///
/// The codes are stored, printed, and read by programs, so a raw value never changes its meaning. The runner's own
/// codes are in `RunnerFailureCode`. Codes from another build are read as unknown, and `ActivityFailure.followUp` still
/// handles them.
package enum FailureCode: String, CaseIterable, Sendable {
  // Another worker has the work, or recently had it.
  case inProgress = "in-progress"
  case fenced
  case stale
  case priorClaimUnderWay = "prior-claim-under-way"
  // The bank did not respond.
  case gatewayUnreachable = "gateway-unreachable"
  case gatewayTimeout = "gateway-timeout"
  case gatewayConnectionLost = "gateway-connection-lost"
  case gatewayError = "gateway-error"
  case noBank = "no-bank"
  // The bank refused the request. The wording is the bank's own.
  case payeeRefused = "payee-refused"
  case payloadMismatch = "payload-mismatch"
  case trackingIDTaken = "tracking-id-taken"
  case otherIdempotencyKey = "other-idempotency-key"
  case unknownPayment = "unknown-payment"
  case paymentVoided = "payment-voided"
  case nothingToVoid = "nothing-to-void"
  case malformedRequest = "malformed-request"
  case idempotencyKeyMissing = "idempotency-key-missing"
  case requestTooLarge = "request-too-large"
  case bankRefused = "bank-refused"
  case paidUnderOtherKey = "paid-under-other-key"
  case signatureRefused = "signature-refused"
  // The bank did something other than what was requested.
  case otherBank = "other-bank"
  case receiptInvalid = "receipt-invalid"
  case bankContradicts = "bank-contradicts"
  case paidOtherwise = "paid-otherwise"
  case bankAhead = "bank-ahead"
  case cashBookClosed = "cash-book-closed"
  // The payee is on hold. The payment can be made once a person has lifted the hold and released the claim.
  case payeeOnHold = "payee-on-hold"
  // A paper form is on record and is no claim.
  case formInDoubt = "form-in-doubt"
  case formDiscarded = "form-discarded"
  // There is a problem with the claim or with its stored records.
  case unreadable
  case claimRejected = "claim-rejected"
  case keyMismatch = "key-mismatch"
  case constraint
  case data
  case damaged
  case undecidable
  case otherRuleset = "other-ruleset"
  case postingRefused = "posting-refused"
  // A sponsor's enrollment change cannot be applied.
  case noBeginning = "no-beginning"
  case noEnd = "no-end"
  case endsBeforeItBegins = "ends-before-it-begins"
  case nothingToReinstate = "nothing-to-reinstate"
  case nothingToEnd = "nothing-to-end"
  case otherBirthDate = "other-birth-date"

  package var followUp: FollowUp { handling.followUp }

  /// Whether trying again is pointless. The runner stores such a refusal as the response of its key and replays it until a
  /// person releases the key; a doubt of this kind (`bank-contradicts`) stays pending.
  ///
  /// Not every failure that needs a person is stored: corrected rules, a repaired store, or a corrected file may make
  /// the same request possible, and then no release is needed.
  package var isTerminal: Bool { handling.isTerminal }

  private var handling: (followUp: FollowUp, isTerminal: Bool) {
    switch self {
    case .inProgress, .fenced, .stale, .priorClaimUnderWay:
      (.now, isTerminal: false)
    case .gatewayUnreachable, .gatewayTimeout, .gatewayConnectionLost, .gatewayError, .noBank, .otherBank,
      .signatureRefused, .receiptInvalid, .cashBookClosed:
      (.later, isTerminal: false)
    case .payloadMismatch, .trackingIDTaken, .otherIdempotencyKey, .bankAhead, .unreadable, .keyMismatch, .constraint,
      .data, .damaged, .undecidable, .otherRuleset, .formInDoubt, .formDiscarded, .noBeginning, .noEnd,
      .endsBeforeItBegins, .nothingToReinstate, .nothingToEnd, .otherBirthDate:
      (.person, isTerminal: false)
    case .payeeRefused, .unknownPayment, .paymentVoided, .nothingToVoid, .malformedRequest, .idempotencyKeyMissing,
      .requestTooLarge, .bankRefused, .paidUnderOtherKey, .bankContradicts, .paidOtherwise, .claimRejected,
      .postingRefused, .payeeOnHold:
      (.person, isTerminal: true)
    }
  }
}

/// The response to a failure.
package enum FollowUp: Hashable, Sendable {
  /// Try again at once: another worker has the work, or changed a row that was read.
  case now
  /// Try again after a pause: the bank or the store is unavailable, for this claim and for the next.
  case later
  /// Trying again changes nothing: a person has to review the failure.
  case person
}
