import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// The body of `POST /payments`.
struct PrepareDocument: Hashable, Sendable, Codable {
  var trackingID: TrackingID
  var payee: Payee
  /// A string with two decimals (`"12.34"`), as everywhere: a JSON number would be a float at some reader.
  var amount: Money
  var reference: String

  enum CodingKeys: String, CodingKey {
    case amount, payee, reference
    case trackingID = "tracking_id"
  }
}
