/// The reason that the bank did not carry out a request. The raw value is a stable identifier for programs, sent as
/// `code`.
package enum BankProblem: String, Error, CaseIterable, Sendable {
  // Problems with the payment.
  case fenced
  case payeeRefused = "payee-refused"
  case payloadMismatch = "payload-mismatch"
  case trackingIDTaken = "tracking-id-taken"
  case otherKey = "other-idempotency-key"
  case unknownPayment = "unknown-payment"
  case paymentVoided = "payment-voided"
  case nothingToVoid = "nothing-to-void"
  /// The bank's own rule: one standing payment for each payer and origin.
  case paidUnderOtherKey = "paid-under-other-key"
  case notToCorrect = "not-to-correct"
  // Problems with the request.
  /// The request names another bank, for which it was meant.
  case otherBank = "other-bank"
  /// The bank takes signed requests only. Nothing is done for any other, and nothing is said about any payment.
  case signatureMissing = "signature-missing"
  case signatureInvalid = "signature-invalid"
  case issuerUnknown = "issuer-unknown"
  case malformed = "malformed-request"
  case keyMissing = "idempotency-key-missing"
  case tooLarge = "request-too-large"
  case notFound = "not-found"
  // Problems at the bank.
  case unavailable = "bank-unavailable"

  /// The HTTP status code that the problem is sent with.
  package var status: Int {
    switch self {
    case .malformed, .keyMissing: 400
    case .signatureMissing, .signatureInvalid, .issuerUnknown: 403
    case .unknownPayment, .notFound: 404
    case .fenced: 409
    case .tooLarge: 413
    case .payeeRefused, .payloadMismatch, .trackingIDTaken, .otherKey, .paymentVoided, .nothingToVoid,
      .paidUnderOtherKey,
      .notToCorrect:
      422
    case .otherBank: 421
    case .unavailable: 503
    }
  }

  package var title: String {
    switch self {
    case .fenced: "A newer owner has taken this work over"
    case .payeeRefused: "The payee cannot be paid"
    case .payloadMismatch: "This idempotency key was used for another payload"
    case .trackingIDTaken: "This tracking id belongs to another idempotency key"
    case .otherKey: "This payment was prepared under another idempotency key"
    case .unknownPayment: "No payment has this tracking id"
    case .paymentVoided: "The payment has been voided"
    case .nothingToVoid: "There is no standing payment to void"
    case .paidUnderOtherKey: "A payment of this payer and origin stands"
    case .notToCorrect: "There is no such payment to correct"
    case .otherBank: "This is another bank than the one the request names"
    case .signatureMissing: "The request is not signed"
    case .signatureInvalid: "The signature is not one of this request"
    case .issuerUnknown: "The request is signed by an issuer that the bank does not know"
    case .malformed: "The request cannot be understood"
    case .keyMissing: "The Idempotency-Key header is missing"
    case .tooLarge: "The request is too large"
    case .notFound: "There is nothing here"
    case .unavailable: "The bank cannot use its books"
    }
  }

  /// Whether the same request would be refused again and no money has moved for its payment.
  ///
  /// A key or tracking ID that is in use shows that something else was ordered under it, but not the outcome of that
  /// order, so the caller has to ask. A bank that does not accept a signature says nothing about earlier orders.
  package var isDefinitive: Bool {
    switch self {
    case .payeeRefused, .unknownPayment, .paymentVoided, .nothingToVoid, .paidUnderOtherKey, .notToCorrect, .malformed,
      .keyMissing, .tooLarge:
      true
    case .payloadMismatch, .trackingIDTaken, .otherKey, .fenced, .otherBank, .notFound, .unavailable,
      .signatureMissing, .signatureInvalid, .issuerUnknown:
      false
    }
  }
}

extension BankProblem {
  /// Whether the bank refuses this caller or this use of a key, which says nothing about the outcome of the payment.
  package var isAboutTheCaller: Bool {
    switch self {
    case .otherBank, .payloadMismatch, .trackingIDTaken, .otherKey, .signatureMissing, .signatureInvalid,
      .issuerUnknown:
      true
    default: false
    }
  }
}

/// An error on the wire (RFC 9457), with `code` as an extension member so that a client need not parse `type`.
package struct ProblemDocument: Hashable, Sendable, Codable {
  package static let contentType = "application/problem+json"

  package var type: String
  package var title: String
  package var status: Int
  package var detail: String
  package var code: String

  package init(_ problem: BankProblem, detail: String) {
    type = "urn:paidonce:bank:\(problem.rawValue)"
    title = problem.title
    status = problem.status
    self.detail = detail
    code = problem.rawValue
  }

  /// Creates the document for a status that has no problem of its own, such as an unknown route or a method that is not
  /// allowed.
  package init(status: Int, title: String, detail: String) {
    type = "about:blank"
    self.title = title
    self.status = status
    self.detail = detail
    code = "http-\(status)"
  }
}

/// The operations that the bank offers.
package enum BankOperation: String, CaseIterable, Sendable {
  case prepare
  case commit
  case standing
  case void
}
