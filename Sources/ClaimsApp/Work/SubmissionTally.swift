/// What came of a submission.
package struct SubmissionTally: Sendable {
  /// New in the queue.
  package var queued = 0
  /// In the queue before.
  package var alreadyQueued = 0
  /// Passed by, since there is nothing left to do about them.
  package var ended = 0
  package var rejected = 0
  package var faults = 0
  /// The first claim there was no room for, where that was the end.
  package var stoppedAt: ClaimPlace?

  /// A claim for people: by the provider's number, and where it stands.
  package struct ClaimPlace: Sendable {
    package let claimNumber: String
    package let source: String
    package let place: String
  }
}
