import Metrics

/// The idempotency service, for agents that are not ours: other processes, other languages.
///
/// An agent acquires the key of an effect, acts under the epoch that it was granted, and reports the outcome. An agent that
/// acts at another system can prepare first: it records the tracking id, so that the next owner can ask about it. Later
/// callers receive the first response, byte for byte. The database's clock decides when a lease ends; the epoch decides
/// whose report counts.
///
/// Requests that come while the store is busy with others of this process share a commit.
package struct KeyService<Store: DurableStore>: Sendable {
  let store: Store
  private let commits: CommitGroup<Store>
  private let reserved: Set<String>
  private let collisions = Counter(label: "key_collisions_total")

  /// - Parameters:
  ///   - store: holds the keys.
  ///   - effects: the effects of the program itself, such as `pay`. An agent may not ask for their keys. The keys of
  ///     locks and of preparations are always reserved.
  package init(store: Store, reserving effects: Set<String> = []) {
    self.init(store: store, reserved: effects.union([LockName.effect, Preparation.effect, TrackedKey.effect]))
  }

  init(store: Store, reserved: Set<String>) {
    self.store = store
    self.reserved = reserved
    commits = CommitGroup(store, slots: store.writers)
  }

  /// Asks for a key. The check and the record are one transaction, so of concurrent callers one acquires the key.
  ///
  /// A caller that lost the answer asks again when the lease it may have been granted has ended.
  ///
  /// - Throws: `KeyRefusal`; `StoreFailure`, which is `corrupt` if the stored response is not the one that was written.
  package func acquire(_ request: KeyRequest) async throws -> KeyAnswer {
    try refuseReserved(request.key)
    try request.check()
    let answer = try await transaction(expecting: [request.key]) { try Self.acquire(request, in: $0) }
    if case .mismatch = answer { collisions.increment() }
    return answer
  }

  /// Renews the lease, which then ends after `lease` from now. An owner renews its lease well before the end.
  ///
  /// - Parameter lease: the new length, from 1 millisecond to 1 hour.
  /// - Throws: `KeyRefusal`, `StoreFailure`.
  package func heartbeat(_ key: KeyText, epoch: Epoch, lease: Duration) async throws -> KeyReport {
    try KeyRequest.check(lease)
    return try await report(.working(lease: lease), on: key, epoch: epoch)
  }

  /// Stores the response of an effect that happened, with its event.
  ///
  /// - Throws: `KeyRefusal`, `StoreFailure`. After `unreachable` the outcome may be on record, and the same report is
  ///   then accepted again.
  package func complete(
    _ key: KeyText, epoch: Epoch, with response: StoredResponse
  ) async throws -> KeyReport { try await report(.completed(response), on: key, epoch: epoch) }

  /// Stores a definitive refusal, with its event. It is replayed like a response.
  ///
  /// - Throws: as `complete`.
  package func fail(
    _ key: KeyText, epoch: Epoch, with response: StoredResponse
  ) async throws -> KeyReport { try await report(.failed(response), on: key, epoch: epoch) }

  /// Returns a key under which nothing was done. The next caller acquires it, under a greater epoch.
  ///
  /// - Throws: `KeyRefusal`, `StoreFailure`.
  package func abandon(_ key: KeyText, epoch: Epoch) async throws -> KeyReport {
    try await report(.nothingDone, on: key, epoch: epoch)
  }

  /// Returns the record of a key, live or archived, without using it: its expiry does not move.
  ///
  /// - Throws: `StoreFailure`, which is `corrupt` if the stored response is not the one that was written.
  package func record(of key: KeyText) async throws -> KeyRecord? {
    let record = try await store.read { try $0.records(for: [key])[key] }
    _ = try record?.intactResponse()
    return record
  }
}

extension KeyService {
  private static func acquire(_ request: KeyRequest, in transaction: Store.Transaction) throws -> KeyAnswer {
    let existing = try transaction.believedRecords(for: [request.key])[request.key]
    // Read after the record, because the first read begins the transaction.
    let now = try transaction.now
    let lease = KeyRecord.Lease(
      owner: request.owner, expiresAt: now.adding(request.lease), length: request.lease)
    let ask = Acquisition.Ask(
      key: request.key, retention: request.retention, fingerprint: request.fingerprint, agent: request.agent,
      lineage: request.lineage)
    switch Acquisition(ask, existing: existing, lease: lease, at: now) {
    case .acquired(let record, let previous):
      if let previous {
        try transaction.replace([RecordChange(from: previous, to: record)])
      } else {
        try transaction.insert([record])
      }
      return .acquired(record)
    case .replayed(let record):
      _ = try record.intactResponse()
      if let until = record.extendedExpiry(at: now) { try transaction.extend([(record.key, until)]) }
      return .replayed(record)
    case .inProgress(let until): return .inProgress(until: until)
    case .mismatch: return .mismatch
    }
  }

  private func report(_ report: OwnerReport, on key: KeyText, epoch: Epoch) async throws -> KeyReport {
    try refuseReserved(key)
    return try await transaction { transaction in
      // Locking the key first means that two reports of one owner follow each other, and the second one finds the
      // outcome of the first.
      transaction.expect([key])
      _ = try transaction.hold([(key, epoch)])
      guard let record = try transaction.records(for: [key])[key] else { return .unknownKey }
      switch try report.decision(on: record, epoch: epoch, at: transaction.now) {
      case .answer(let answer): return answer
      case .write(let changed, let event):
        try transaction.replace([RecordChange(from: record, to: changed)])
        if let event { try transaction.append([event]) }
        return .accepted
      }
    }
  }

  func refuseReserved(_ key: KeyText) throws(KeyRefusal) {
    if reserved.contains(key.effect) { throw .reserved(effect: key.effect) }
  }

  /// Runs a transaction again if another one has changed the key between its read and its write. Each time the other one
  /// has made progress, so a few attempts are enough.
  func transaction<Value: Sendable>(
    expecting keys: [KeyText] = [], _ body: @escaping @Sendable (Store.Transaction) throws -> Value
  ) async throws -> Value {
    for _ in 1...8 {
      do {
        return try await commits.transaction(expecting: keys, body)
      } catch StoreFailure.fenced {
        continue
      }
    }
    return try await commits.transaction(expecting: keys, body)
  }
}
