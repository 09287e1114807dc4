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
  /// The tracking id of the payment that this one corrects; absent in every first payment.
  var corrects: TrackingID?

  enum CodingKeys: String, CodingKey {
    case amount, payer, payee, reference, corrects
    case trackingID = "tracking_id"
  }
}
