package import ClaimsDomain
package import DurableExecution

/// The body of `POST /payments`.
package struct PrepareDocument: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  package var payer: PayerID
  package var payee: Payee
  /// A string with two decimals (`"12.34"`), as everywhere: some readers would parse a JSON number as a float.
  package var amount: Money
  package var reference: String
  /// What the payment is for, whatever its reference; absent if it is the same as the reference.
  package var origin: String?
  /// The tracking ID of the payment that this one corrects; absent in a first payment.
  package var corrects: TrackingID?

  package init(
    trackingID: TrackingID, payer: PayerID, payee: Payee, amount: Money, reference: String, origin: String? = nil,
    corrects: TrackingID? = nil
  ) {
    self.trackingID = trackingID
    self.payer = payer
    self.payee = payee
    self.amount = amount
    self.reference = reference
    self.origin = origin
    self.corrects = corrects
  }

  enum CodingKeys: String, CodingKey {
    case amount, payer, payee, reference, origin, corrects
    case trackingID = "tracking_id"
  }
}

/// The bank's response about one payment: `GET /payments/{tracking_id}`.
package struct StandingDocument: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  package var state: PaymentState
  package var amount: Money
  /// The transfer that paid it; absent if no money has moved.
  package var transferID: String?
  /// The payer, the payee, and the reference of the payment.
  package var payer: PayerID
  package var payee: String
  package var reference: String

  package init(
    trackingID: TrackingID, state: PaymentState, amount: Money, transferID: String? = nil, payer: PayerID,
    payee: String, reference: String
  ) {
    self.trackingID = trackingID
    self.state = state
    self.amount = amount
    self.transferID = transferID
    self.payer = payer
    self.payee = payee
    self.reference = reference
  }

  enum CodingKeys: String, CodingKey {
    case amount, state, payer, payee, reference
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}

/// The state of a payment at the bank.
package enum PaymentState: String, Hashable, Sendable, Codable {
  /// The payment is announced; no money has moved.
  case prepared
  /// The money went out.
  case committed
  /// The money came back, or never went out and never will.
  case voided
}

/// The body of `POST /payments/{tracking_id}/void`.
package struct VoidDocument: Hashable, Sendable, Codable {
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

/// The response of `GET /transfers` and `POST /transfers/search`: transfers, oldest first.
package struct TransferList: Hashable, Sendable, Codable {
  package var transfers: [BankTransfer]

  package init(transfers: [BankTransfer]) {
    self.transfers = transfers
  }
}

/// The body of `POST /transfers/search`. References are sent in the body, so that no log of URLs contains them.
package struct TransferSearch: Hashable, Sendable, Codable {
  package var references: [String]

  package init(references: [String]) {
    self.references = references
  }
}

/// The size limits of requests and responses.
package enum BankLimits {
  /// The maximum length of any text, in UTF-8 bytes. Effect keys are the longest texts and stay far below it.
  package static let text = 1_024
  /// The maximum number of transfers in one response.
  package static let transfersPerPage = 500
}
