/// Why the bank did not do as it was told. The raw value is the stable word for programs, sent as `code`.
package enum BankProblem: String, CaseIterable, Sendable {
  // About the payment.
  case fenced
  case payeeRefused = "payee-refused"
  case payloadMismatch = "payload-mismatch"
  case trackingIDTaken = "tracking-id-taken"
  case otherKey = "other-idempotency-key"
  case unknownPayment = "unknown-payment"
  case paymentVoided = "payment-voided"
  case nothingToVoid = "nothing-to-void"
  // About the request.
  case malformed = "malformed-request"
  case keyMissing = "idempotency-key-missing"
  case tooLarge = "request-too-large"
  case notFound = "not-found"
  // About the bank.
  case unavailable = "bank-unavailable"

  /// The HTTP status code it is sent with.
  var status: Int {
    switch self {
    case .malformed, .keyMissing: 400
    case .unknownPayment, .notFound: 404
    case .fenced: 409
    case .tooLarge: 413
    case .payeeRefused, .payloadMismatch, .trackingIDTaken, .otherKey, .paymentVoided, .nothingToVoid: 422
    case .unavailable: 503
    }
  }

  var title: String {
    switch self {
    case .fenced: "A newer owner has taken this work over"
    case .payeeRefused: "The payee cannot be paid"
    case .payloadMismatch: "This idempotency key was used for another payload"
    case .trackingIDTaken: "This tracking id belongs to another idempotency key"
    case .otherKey: "This payment was prepared under another idempotency key"
    case .unknownPayment: "No payment has this tracking id"
    case .paymentVoided: "The payment has been voided"
    case .nothingToVoid: "There is no standing payment to void"
    case .malformed: "The request cannot be understood"
    case .keyMissing: "The Idempotency-Key header is missing"
    case .tooLarge: "The request is too large"
    case .notFound: "There is nothing here"
    case .unavailable: "The bank cannot use its books"
    }
  }

  /// Whether the same request would be refused again, and nothing has happened because of it.
  var isDefinitive: Bool {
    switch self {
    case .payeeRefused, .payloadMismatch, .trackingIDTaken, .otherKey, .unknownPayment, .paymentVoided,
      .nothingToVoid, .malformed, .keyMissing, .tooLarge:
      true
    case .fenced, .notFound, .unavailable:
      false
    }
  }
}
