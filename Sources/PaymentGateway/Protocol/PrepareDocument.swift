import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// The body of `POST /payments`.
struct PrepareDocument: Hashable, Sendable, Codable {
  var trackingID: TrackingID
  var payer: PayerID
  var payee: Payee
  /// A string with two decimals (`"12.34"`), as everywhere: a JSON number would be a float at some reader.
  var amount: Money
  var reference: String
  /// What the payment is for, under whatever reference; absent where it is the reference.
  var origin: String?
  /// The tracking id of the payment that this one corrects; absent in every first payment.
  var corrects: TrackingID?

  enum CodingKeys: String, CodingKey {
    case amount, payer, payee, reference, origin, corrects
    case trackingID = "tracking_id"
  }
}
