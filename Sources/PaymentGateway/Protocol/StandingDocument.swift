import ClaimsDomain
import DurableExecution

/// What the bank says about one payment when it is asked: `GET /payments/{tracking_id}`.
struct StandingDocument: Hashable, Sendable, Codable {
  var trackingID: TrackingID
  var state: PaymentState
  var amount: Money
  /// The transfer that paid it; absent while no money has moved.
  var transferID: String?
  /// For whom, to whom and for what it is.
  var payer: PayerID
  var payee: String
  var reference: String

  enum CodingKeys: String, CodingKey {
    case amount, state, payer, payee, reference
    case trackingID = "tracking_id"
    case transferID = "transfer_id"
  }
}
