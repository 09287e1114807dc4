// What may happen to a record. Each gives the record as it is to be written; the store writes it only over the epoch
// that was read.
extension KeyRecord {
  /// A key nobody has asked for before.
  static func new(
    _ key: KeyText, retention: Retention, fingerprint: Fingerprint, agent: AgentVersion, lineage: Lineage,
    lease: Lease, at now: Timestamp
  ) -> KeyRecord {
    KeyRecord(
      key: key, state: .pending(lease), fingerprint: fingerprint, agent: agent, epoch: .first, attempts: 1,
      root: lineage.root ?? key, parent: lineage.parent,
      childKey: lineage.childKey(of: agent, fingerprint: fingerprint), lamport: lineage.lamport.tick(),
      retention: retention, createdAt: now, expiresAt: now.adding(microseconds: retention.microseconds))
  }

  /// The same work under a new owner, whose epoch fences the old one.
  func takenOver(by agent: AgentVersion, lease: Lease, seen: LamportTime) -> KeyRecord {
    changed(
      state: .pending(lease), agent: agent, epoch: epoch.next, attempts: attempts + 1,
      lamport: lamport.tick(after: seen))
  }

  /// The outcome, for good. The clock ticks once more: the outcome comes after the intent.
  func closed(_ state: State, at now: Timestamp) -> KeyRecord {
    changed(
      state: state, lamport: lamport.tick(), expiresAt: now.adding(microseconds: retention.microseconds))
  }

  /// A definitive failure that a person lets be tried again: pending, its lease already over.
  public func released(by owner: WorkerID, at now: Timestamp) -> KeyRecord {
    changed(state: .pending(Lease(owner: owner, expiresAt: now)), epoch: epoch.next, lamport: lamport.tick())
  }

  private func changed(
    state: State, agent: AgentVersion? = nil, epoch: Epoch? = nil, attempts: Int? = nil, lamport: LamportTime,
    expiresAt: Timestamp? = nil
  ) -> KeyRecord {
    KeyRecord(
      key: key, state: state, fingerprint: fingerprint, agent: agent ?? self.agent, epoch: epoch ?? self.epoch,
      attempts: attempts ?? self.attempts, root: root, parent: parent, childKey: childKey, lamport: lamport,
      retention: retention, createdAt: createdAt, expiresAt: expiresAt ?? self.expiresAt, isArchived: isArchived)
  }
}
