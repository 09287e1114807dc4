/// All that is kept about one effect key.
package struct KeyRecord: Hashable, Sendable {
  package let key: KeyText
  package let state: State
  package let fingerprint: Fingerprint
  package let agent: AgentVersion
  /// Grows with each new owner.
  package let epoch: Epoch
  /// How often somebody has set out to do it.
  package let attempts: Int
  package let root: KeyText
  package let parent: String?
  /// The record's own name in the lineage; nil on a root.
  package let childKey: String?
  package let lamport: LamportTime
  package let retention: Retention
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  /// Whether it was found in the archive: answered as ever, counted as an expiration miss.
  package let isArchived: Bool

  /// A response is there exactly when the key is not pending; a lease exactly when it is.
  package enum State: Hashable, Sendable {
    case pending(Lease)
    case completed(StoredResponse, at: Timestamp)
    case failed(StoredResponse, at: Timestamp)
  }

  /// Who may act on a pending key, and until when.
  package struct Lease: Hashable, Sendable {
    package let owner: WorkerID
    package let expiresAt: Timestamp
    /// From when it was taken, or last renewed, to its end. What is believed of the end is measured by it.
    package let length: Duration

    package init(owner: WorkerID, expiresAt: Timestamp, length: Duration) {
      self.owner = owner
      self.expiresAt = expiresAt
      self.length = length
    }
  }

  package init(
    key: KeyText, state: State, fingerprint: Fingerprint, agent: AgentVersion, epoch: Epoch, attempts: Int,
    root: KeyText, parent: String?, childKey: String?, lamport: LamportTime, retention: Retention,
    createdAt: Timestamp, expiresAt: Timestamp, isArchived: Bool = false
  ) {
    self.key = key
    self.state = state
    self.fingerprint = fingerprint
    self.agent = agent
    self.epoch = epoch
    self.attempts = attempts
    self.root = root
    self.parent = parent
    self.childKey = childKey
    self.lamport = lamport
    self.retention = retention
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.isArchived = isArchived
  }

  package var status: KeyStatus {
    switch state {
    case .pending: .pending
    case .completed: .completed
    case .failed: .failed
    }
  }

  package var response: StoredResponse? {
    switch state {
    case .pending: nil
    case .completed(let response, _), .failed(let response, _): response
    }
  }

  /// The name another system knows the effect by: derived, so that whoever takes over derives the same.
  package var trackingID: TrackingID { TrackingID(of: key) }
}

package enum KeyStatus: String, Sendable, Codable, CaseIterable {
  case pending = "PENDING"
  case completed = "COMPLETED"
  case failed = "FAILED"
}

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
