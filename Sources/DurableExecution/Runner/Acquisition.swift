/// The outcome of asking for a key. The same rule applies to every store and every activity.
enum Acquisition {
  /// This worker may act. `previous` is the record to overwrite; nil for a key without a record.
  case acquired(KeyRecord, previous: KeyRecord?)
  case replayed(KeyRecord)
  case inProgress(until: Timestamp)
  case mismatch

  init(_ ask: Ask, existing: KeyRecord?, lease: KeyRecord.Lease, at now: Timestamp) {
    guard let existing else {
      self = .acquired(
        .new(
          ask.key, retention: ask.retention, fingerprint: ask.fingerprint, agent: ask.agent, lineage: ask.lineage,
          lease: lease, at: now), previous: nil)
      return
    }
    guard existing.fingerprint == ask.fingerprint else {
      self = .mismatch
      return
    }
    switch existing.state {
    case .completed, .failed:
      self = .replayed(existing)
    case .pending(let held) where held.expiresAt > now:
      self = .inProgress(until: held.expiresAt)
    case .pending:
      self = .acquired(existing.takenOver(by: ask.agent, lease: lease, seen: ask.lineage.lamport), previous: existing)
    }
  }

  struct Ask {
    let key: KeyText
    let retention: Retention
    let fingerprint: Fingerprint
    let agent: AgentVersion
    let lineage: Lineage
  }
}

// Acquisition of the keys of a batch: one read of the store, one decision per key.
extension DurableRunner {
  /// An item and its call, with the outcome of asking for its key.
  struct Asked<Item, Request: Sendable> {
    let item: Item
    let call: ActivityCall<Request>
    let key: KeyText
    let fingerprint: Fingerprint
    let acquisition: Acquisition
    /// Whether an earlier call of this batch holds the key. An equal request gets that call's answer; a different one is a
    /// mismatch.
    let isRepeat: Bool
  }

  /// - Throws: `EncodingError` if a request has no canonical form; `StoreFailure`.
  func acquire<A: Activity, Item>(
    _ activity: A, for items: [Item], in transaction: some DurableTransaction,
    call: (Item) throws -> ActivityCall<A.Request>
  ) throws -> [Asked<Item, A.Request>] {
    let asking = try items.map { item in
      let call = try call(item)
      return (item: item, call: call, key: activity.key(for: call.request).text)
    }
    // Closures here and below, since the key path of a generic type is made anew each time it is used.
    let existing = try transaction.believedRecords(for: Array(Set(asking.map { $0.key })))
    // Read after the records, because the first read begins the transaction.
    let now = try transaction.now
    let lease = lease(at: now)
    // The first call of each key whose request is the key's own.
    var firstAsks: [KeyText: Asked<Item, A.Request>] = [:]
    var expiries: [(key: KeyText, until: Timestamp)] = []
    let asked = try asking.map { item, call, key in
      let fingerprint = try call.fingerprint ?? Fingerprint(of: call.request)
      if let first = firstAsks[key] {
        let acquisition = first.fingerprint == fingerprint ? first.acquisition : .mismatch
        noteRepeat(acquisition)
        return Asked(
          item: item, call: call, key: key, fingerprint: fingerprint, acquisition: acquisition, isRepeat: true)
      }
      let ask = Acquisition.Ask(
        key: key, retention: activity.retention, fingerprint: fingerprint, agent: activity.agent, lineage: call.lineage)
      let acquisition =
        existing[key].map(activity.recognizes) == false
        ? .mismatch : Acquisition(ask, existing: existing[key], lease: lease, at: now)
      if let expiry = note(acquisition, at: now) { expiries.append(expiry) }
      let asked = Asked(
        item: item, call: call, key: key, fingerprint: fingerprint, acquisition: acquisition, isRepeat: false)
      if case .mismatch = acquisition { return asked }
      firstAsks[key] = asked
      return asked
    }
    if !expiries.isEmpty { try transaction.extend(expiries) }
    return asked
  }

  /// Counts a call whose key was asked for earlier in its batch.
  private func noteRepeat(_ acquisition: Acquisition) {
    switch acquisition {
    case .acquired, .replayed: count { $0.replayed += 1 }
    case .inProgress: break
    case .mismatch: count { $0.mismatched += 1 }
    }
  }

  /// Counts the acquisition, and returns the expiry to extend if an extension is due.
  private func note(_ acquisition: Acquisition, at now: Timestamp) -> (key: KeyText, until: Timestamp)? {
    switch acquisition {
    case .acquired(_, let previous):
      count {
        $0.acquired += 1
        if previous != nil { $0.takenOver += 1 }
      }
    case .replayed(let record):
      let isExpired = record.isArchived || record.expiresAt <= now
      count {
        $0.replayed += 1
        if isExpired { $0.expirationMisses += 1 }
      }
      if let until = record.extendedExpiry(at: now) { return (record.key, until) }
    case .inProgress:
      break
    case .mismatch:
      count { $0.mismatched += 1 }
    }
    return nil
  }
}

extension DurableTransaction {
  /// Returns the records of these keys with credible leases, after rewriting each lease that is not credible.
  func believedRecords(for keys: [KeyText]) throws -> [KeyText: KeyRecord] {
    let records = try self.records(for: keys)
    let now = try now
    let corrected = records.values.compactMap { record in
      record.withBelievableLease(at: now).map { RecordChange(from: record, to: $0) }
    }
    guard !corrected.isEmpty else { return records }
    try replace(corrected)
    return records.merging(corrected.map { ($0.to.key, $0.to) }) { $1 }
  }
}
