// The first of two phases: an owner puts on record what it is about to do, acts, and then reports the outcome.
extension KeyService {
  /// Records that the owner is about to act at another system, and under which tracking id. If another owner takes the key
  /// over, it finds the record and asks the other system before it acts.
  ///
  /// - Throws: `KeyRefusal`, `StoreFailure`. After `unreachable` the preparation may be on record, and the same request
  ///   then gets its answer.
  package func prepare(_ request: PrepareRequest) async throws -> PrepareAnswer {
    try refuseReserved(request.key)
    let own = Preparation.key(of: request.key, epoch: request.epoch)
    return try await transaction { transaction in
      // Locking the key first means that a repeat of the request finds the preparation.
      transaction.expect([request.key, own])
      _ = try transaction.hold([(request.key, request.epoch)])
      let known = try transaction.records(for: [request.key, own])
      guard let record = known[request.key] else { return .refused(.unknownKey) }
      let last = try transaction.lastPreparation(of: request.key)
      switch try request.decision(on: record, own: known[own], last: last) {
      case .answer(let answer): return answer
      case .prepare(let id):
        let tracking = TrackedKey.key(of: id, in: request.scope)
        let assigned = try transaction.records(for: [tracking])[tracking]
        if let assigned, try assigned.trackedKey() != request.key { return .refused(.trackingIDInUse) }
        return try Steps(of: record, at: transaction.now).write(
          Preparation(epoch: record.epoch, trackingID: id), assigning: assigned == nil ? tracking : nil, in: transaction
        )
      }
    }
  }

  /// Returns the last preparation of a key, by any of its owners.
  ///
  /// - Throws: `StoreFailure`.
  package func lastPreparation(of key: KeyText) async throws -> Preparation? {
    try await store.read { try $0.lastPreparation(of: key) }
  }

  /// Returns the key that was prepared under a tracking id, and its last preparation, which may be under another one.
  ///
  /// - Throws: `StoreFailure`.
  package func record(
    trackedBy id: TrackingID, in scope: String
  ) async throws -> (record: KeyRecord, last: Preparation)? {
    let tracking = TrackedKey.key(of: id, in: scope)
    let found = try await store.read { transaction -> (KeyRecord, Preparation)? in
      guard let key = try transaction.records(for: [tracking])[tracking]?.trackedKey() else { return nil }
      guard let record = try transaction.records(for: [key])[key], let last = try transaction.lastPreparation(of: key)
      else { throw StoreFailure.corrupt("key \(tracking.digest.prefix(16)) names a key that was not prepared") }
      return (record, last)
    }
    _ = try found?.0.intactResponse()
    return found
  }
}

/// Writes steps of a pending key's work: local effects under keys of their own, which are done at once.
private struct Steps {
  private let record: KeyRecord
  private let now: Timestamp

  init(of record: KeyRecord, at now: Timestamp) {
    self.record = record
    self.now = now
  }

  /// - Parameter tracking: the key of the tracking id, if the id is new.
  func write(
    _ preparation: Preparation, assigning tracking: KeyText?, in transaction: some DurableTransaction
  ) throws -> PrepareAnswer {
    let response = try ResponseCoding.stored(preparation)
    let lineage = Lineage(root: record.root, parent: nil, lamport: record.lamport).below(record)
    var last = try step(Preparation.key(of: record.key, epoch: record.epoch), response, lineage)
    var steps = [last]
    var events = [try event(Preparation.eventType, last, preparation)]
    if let tracking {
      let tracked = try ResponseCoding.stored(TrackedKey(key: record.key.text))
      last = try step(tracking, tracked, lineage.below(last))
      steps.append(last)
      events.append(try event(TrackedKey.eventType, last, preparation))
    }
    try transaction.insert(steps)
    try transaction.replace([RecordChange(from: record, to: record.after(last))])
    try transaction.append(events)
    return .prepared(response, isRepeat: false)
  }

  private func step(_ key: KeyText, _ response: StoredResponse, _ lineage: Lineage) throws -> KeyRecord {
    guard case .pending(let lease) = record.state else { throw StoreFailure.fenced(record.key) }
    return KeyRecord.new(
      key, retention: record.retention, fingerprint: Fingerprint(ofCanonical: response.bytes), agent: record.agent,
      lineage: lineage, lease: lease, at: now
    ).closed(.completed(response, at: now), at: now)
  }

  private func event(_ type: String, _ step: KeyRecord, _ preparation: Preparation) throws -> EffectEvent {
    let facts = ["epoch": "\(preparation.epoch)", "tracking_id": preparation.trackingID.text]
    return EffectEvent(
      key: step.key, epoch: step.epoch, stream: record.key.text, type: type, agent: step.agent, lamport: step.lamport,
      at: now, facts: try CanonicalJSON.bytes(of: facts))
  }
}

extension DurableTransaction {
  fileprivate func lastPreparation(of key: KeyText) throws -> Preparation? {
    guard let last = try effects(in: key.text, ofType: Preparation.eventType).last else { return nil }
    guard let record = try records(for: [last])[last] else {
      throw StoreFailure.corrupt("an event names key \(last.digest.prefix(16)), which is not there")
    }
    return try record.preparation().made
  }
}
