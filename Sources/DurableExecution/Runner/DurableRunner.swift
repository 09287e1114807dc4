import Synchronization

/// Runs activities so that each effect happens once. It knows keys, leases and responses; it knows nothing of claims.
///
/// Local activities: `run`. Remote ones in three moments, so that the caller can commit many things together:
/// `intend` in one transaction, `settle` outside any, `record` in another.
package final class DurableRunner: Sendable {
  package let worker: WorkerID
  /// How long a pending key is ours without a sign of life.
  package let leaseDuration: Duration
  package let retry: RetryPolicy
  private let tally = Mutex(RunnerCounts())

  package init(worker: WorkerID, leaseDuration: Duration = .seconds(5), retry: RetryPolicy = RetryPolicy()) {
    self.worker = worker
    self.leaseDuration = leaseDuration
    self.retry = retry
  }

  /// What this runner has seen since it was made.
  package var counts: RunnerCounts { tally.withLock { $0 } }

  func count(_ change: (inout RunnerCounts) -> Void) { tally.withLock { change(&$0) } }

  /// The lease of a worker that sets out now.
  func lease(at now: Timestamp) -> KeyRecord.Lease {
    KeyRecord.Lease(owner: worker, expiresAt: now.adding(leaseDuration), length: leaseDuration)
  }

  /// What a finished record tells whoever asks for it.
  ///
  /// - Throws: `StoreFailure.corrupt` when the bytes are not those that were written.
  func answer<Response: Codable & Sendable>(
    _ type: Response.Type, from record: KeyRecord, lineage: Lineage, isReplay: Bool
  ) throws -> ActivityOutcome<Response> {
    guard let stored = record.response, stored.isIntact else {
      throw StoreFailure.corrupt("the response of key \(record.key.digest.prefix(16)) does not match its digest")
    }
    if record.status == .failed {
      return .failed(try StoredProblem.decode(stored.bytes, of: record.key).failure, isReplay: isReplay)
    }
    let response = try ResponseCoding.decode(type, from: stored.bytes, of: record.key)
    return .completed(
      Completion(
        response: response, stored: stored, key: record.key, lineage: lineage.below(record), isReplay: isReplay))
  }
}

/// For metrics: what happened to the keys that were asked for.
package struct RunnerCounts: Hashable, Sendable {
  /// Effects that were ours to do.
  package var acquired = 0
  /// Repeats answered from the store: duplicates that did no harm.
  package var replayed = 0
  /// The same key with another request.
  package var mismatched = 0
  /// Leases taken over from workers that did not finish.
  package var takenOver = 0
  /// Late acts of ours that a newer owner's epoch refused, at the other system or in the store.
  package var fenced = 0
  /// Answers that had to come from past their expiry.
  package var expirationMisses = 0

  package init() {}
}
