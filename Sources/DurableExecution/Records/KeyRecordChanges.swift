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

  /// A definitive failure that a person lets be tried again, or a pending key whose lease a person ends: pending, its
  /// lease over. The new epoch fences whoever held the lease.
  package func released(by owner: WorkerID, at now: Timestamp) -> KeyRecord {
    changed(
      state: .pending(Lease(owner: owner, expiresAt: now, length: .zero)), epoch: epoch.next, lamport: lamport.tick())
  }

  /// The record with a lease that can be believed; nil where its own can be.
  ///
  /// A lease that ends later than twice its length from now was given by a clock that ran ahead: it ends a length from
  /// now. Owner and epoch stay, so an owner that is alive renews it as before, and one that is dead does not hold the key
  /// for as long as that clock was wrong. Twice, since transactions that run side by side differ a little in their now.
  func withBelievableLease(at now: Timestamp) -> KeyRecord? {
    guard case .pending(let lease) = state, lease.expiresAt > now.adding(lease.length * 2) else { return nil }
    let believed = Lease(owner: lease.owner, expiresAt: now.adding(lease.length), length: lease.length)
    return changed(state: .pending(believed), lamport: lamport)
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
