package import DurableExecution

/// A question about one payment.
package struct StandingRequest: Hashable, Sendable {
  package var trackingID: TrackingID
  /// Whoever asks under an epoch shuts the door on older ones. Without it the question changes nothing.
  package var epoch: Epoch?

  package init(trackingID: TrackingID, epoch: Epoch?) {
    self.trackingID = trackingID
    self.epoch = epoch
  }
}
