package import ClaimPipeline
package import DurableExecution

/// A question about one payment.
package struct StandingRequest: Hashable, Sendable {
  package var trackingID: TrackingID
  /// The owner that asks, and fences the owners before it. Without one the question changes nothing.
  package var owner: Owner?

  /// An owner proves with the payment's idempotency key that the payment is its own. Anybody may know a tracking id.
  package struct Owner: Hashable, Sendable {
    package var idempotencyKey: String
    package var epoch: Epoch

    package init(idempotencyKey: String, epoch: Epoch) {
      self.idempotencyKey = idempotencyKey
      self.epoch = epoch
    }
  }

  package init(trackingID: TrackingID, owner: Owner?) {
    self.trackingID = trackingID
    self.owner = owner
  }

  package init(_ order: PaymentOrder) {
    let owner = Owner(idempotencyKey: order.idempotencyKey, epoch: order.epoch)
    self.init(trackingID: order.trackingID, owner: owner)
  }
}
