package import ClaimsDomain
package import DurableExecution

/// The body of `POST /payments`.
package struct PrepareDocument: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  package var payer: PayerID
  package var payee: Payee
  /// A string with two decimals (`"12.34"`), as everywhere: a JSON number would be a float at some reader.
  package var amount: Money
  package var reference: String
  /// What the payment is for, under whatever reference; absent where it is the reference.
  package var origin: String?
  /// The tracking id of the payment that this one corrects; absent in every first payment.
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

/// What the bank says about one payment when it is asked: `GET /payments/{tracking_id}`.
package struct StandingDocument: Hashable, Sendable, Codable {
  package var trackingID: TrackingID
  package var state: PaymentState
  package var amount: Money
  /// The transfer that paid it; absent while no money has moved.
  package var transferID: String?
  /// For whom, to whom and for what it is.
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

/// How far a payment got at the bank.
package enum PaymentState: String, Hashable, Sendable, Codable {
  /// Announced; nothing has moved.
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

/// The answer of `GET /transfers` and `POST /transfers/search`: movements of money, oldest first.
package struct TransferList: Hashable, Sendable, Codable {
  package var transfers: [BankTransfer]

  package init(transfers: [BankTransfer]) {
    self.transfers = transfers
  }
}

/// The body of `POST /transfers/search`. References go in a body, so that no log of URLs has them.
package struct TransferSearch: Hashable, Sendable, Codable {
  package var references: [String]

  package init(references: [String]) {
    self.references = references
  }
}

/// How much fits into a request or an answer.
package enum BankLimits {
  /// UTF-8 bytes of any one text. Effect keys are the longest and stay far below it.
  package static let text = 1_024
  /// Transfers in one answer.
  package static let transfersPerPage = 500
}
