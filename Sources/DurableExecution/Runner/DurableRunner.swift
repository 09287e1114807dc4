import Synchronization

/// Runs activities so that each effect happens once. It handles keys, leases and responses, and does not know about
/// claims.
///
/// Local activities use `run`. Remote activities take three steps, so that the caller can commit many of them together:
/// `intend` in one transaction, `settle` outside any transaction, `record` in another transaction.
package final class DurableRunner: Sendable {
  package let worker: WorkerID
  /// How long this worker keeps a pending key without renewing its lease.
  package let leaseDuration: Duration
  package let retry: RetryPolicy
  package let pacing: Pacing
  private let tally = Mutex(RunnerCounts())
  private let metrics = RunnerMetrics()

  package init(
    worker: WorkerID, leaseDuration: Duration = .seconds(5), retry: RetryPolicy = RetryPolicy(),
    pacing: Pacing = .system
  ) {
    self.worker = worker
    self.leaseDuration = leaseDuration
    self.retry = retry
    self.pacing = pacing
  }

  /// The runner's counts since it was created.
  package var counts: RunnerCounts { tally.withLock { $0 } }

  func count(_ change: (inout RunnerCounts) -> Void) {
    let (earlier, counts) = tally.withLock { tally in
      let earlier = tally
      change(&tally)
      return (earlier, tally)
    }
    metrics.report(counts, since: earlier)
  }

  /// Returns a lease for a worker that begins now.
  func lease(at now: Timestamp) -> KeyRecord.Lease {
    KeyRecord.Lease(owner: worker, expiresAt: now.adding(leaseDuration), length: leaseDuration)
  }

  /// Returns the outcome stored in a finished record.
  ///
  /// - Throws: `StoreFailure.corrupt` if the bytes are not the bytes that were written.
  func answer<Response: Codable & Sendable>(
    _ type: Response.Type, from record: KeyRecord, lineage: Lineage, isReplay: Bool
  ) throws -> ActivityOutcome<Response> {
    guard let stored = try record.intactResponse() else {
      throw StoreFailure.corrupt("key \(record.key.digest.prefix(16)) has no response")
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

extension KeyRecord {
  /// Returns the response of a finished key; nil for a pending one.
  ///
  /// - Throws: `StoreFailure.corrupt` if the bytes are not the bytes that were written.
  func intactResponse() throws(StoreFailure) -> StoredResponse? {
    guard response?.isIntact != false else {
      throw .corrupt("the response of key \(key.digest.prefix(16)) does not match its digest")
    }
    return response
  }
}

/// The outcomes of acquiring keys, for metrics.
package struct RunnerCounts: Hashable, Sendable {
  /// Effects that this worker was to perform.
  package var acquired = 0
  /// Repeated calls answered from the store: harmless duplicates.
  package var replayed = 0
  /// Calls that used a key with a different request.
  package var mismatched = 0
  /// Leases taken over from workers that did not finish.
  package var takenOver = 0
  /// Late actions of this worker that a newer owner's epoch refused, at the other system or in the store.
  package var fenced = 0
  /// Responses replayed after their expiry.
  package var expirationMisses = 0

  package init() {}
}
