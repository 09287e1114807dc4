/// What came of claims that were submitted. A queue without room for one takes none after it either, so that whoever
/// submits goes on from there.
package struct QueueSubmission: Hashable, Sendable {
  /// New in the queue.
  package var queued: Int
  /// Waiting, leased or set aside before.
  package var alreadyThere: Int
  /// At the end of those that were submitted: nothing was done with them.
  package var withoutRoom: Int

  package init(queued: Int = 0, alreadyThere: Int = 0, withoutRoom: Int = 0) {
    self.queued = queued
    self.alreadyThere = alreadyThere
    self.withoutRoom = withoutRoom
  }
}
