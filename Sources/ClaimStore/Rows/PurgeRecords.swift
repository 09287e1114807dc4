package import DurableExecution

/// Deletes old rows that no promise rests on. Keys with their responses, claims, decisions, payments, the ledger, events
/// and the acts of people stay for good: without them, something could be done a second time.
package protocol PurgeRecords {
  /// Returns the number of rows that `purge` would delete.
  func purgeable(_ kind: PurgeKind, before instant: Timestamp) throws -> Int

  /// Deletes rows that are older than an instant, up to a limit.
  ///
  /// - Parameter limit: the most rows to delete. One batch is deleted as a whole, however large it is.
  /// - Returns: the number of deleted rows, counted as `purgeable` counts them; 0 when none is left.
  func purge(_ kind: PurgeKind, before instant: Timestamp, limit: Int) throws -> Int
}

/// A kind of rows that a retention policy can delete.
package enum PurgeKind: String, CaseIterable, Sendable {
  /// Which claims were submitted together. A batch stays while the queue holds one of its claims, even a dead letter. The
  /// same submission again makes the batch anew, and its claims are replayed.
  case batches
  /// Messages to webhook receivers that were delivered or given up. Their events stay.
  case deliveries
  /// The page images of paper forms that were accepted, once their claims are closed. What was read, the acts of people, the
  /// claim, the digest of the images, and that they were here stay. Those of a discarded form have left with it.
  case pictures
}
