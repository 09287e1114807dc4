package import DurableExecution

/// What may leave a store once it is old. Nothing here says that anything was decided, paid or told to anybody, so nothing
/// that leaves can be done again: keys with their responses, claims, decisions, payments, the ledger, events and what
/// people did stay for good.
package protocol PurgeRecords {
  /// Counts what would leave, as `purge` would take it.
  func purgeable(_ kind: PurgeKind, before instant: Timestamp) throws -> Int

  /// Deletes some of what is older than an instant.
  ///
  /// - Parameter limit: the most rows to delete. One batch is deleted as a whole, however large it is.
  /// - Returns: what was deleted, counted as `purgeable` does; 0 when nothing is left.
  func purge(_ kind: PurgeKind, before instant: Timestamp, limit: Int) throws -> Int
}

/// A kind of rows that a retention policy may have an end for.
package enum PurgeKind: String, CaseIterable, Sendable {
  /// Which claims were submitted together. A batch stays while the queue holds one of its claims, even a dead letter. The
  /// same submission again makes the batch anew, and its claims are replayed.
  case batches
  /// Messages to webhook receivers that were made or given up. The events they told of stay.
  case deliveries
  /// The page images of paper forms that were accepted, once their claims are closed. What was read, the acts of people, the
  /// claim, the digest of the images, and that they were here stay. Those of a discarded form have left with it.
  case pictures
}
