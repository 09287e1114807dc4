package import ClaimPipeline
package import DurableExecution

/// What the bank needs to know to move the money of a prepared payment.
package struct CommitRequest: Hashable, Sendable {
  /// The key the payment was prepared under.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  package var epoch: Epoch

  package init(idempotencyKey: String, trackingID: TrackingID, epoch: Epoch) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
  }

  package init(_ order: PaymentOrder) {
    self.init(idempotencyKey: order.idempotencyKey, trackingID: order.trackingID, epoch: order.epoch)
  }
}
