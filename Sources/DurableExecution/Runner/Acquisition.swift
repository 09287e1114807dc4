/// The outcome of asking for a key. One rule for every store and every activity.
enum Acquisition {
  /// Ours to do. `previous` is the record to write over: nil for a key nobody has asked for.
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
