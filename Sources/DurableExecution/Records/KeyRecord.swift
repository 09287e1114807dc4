/// Everything stored about one effect key.
package struct KeyRecord: Hashable, Sendable {
  package let key: KeyText
  package let state: State
  package let fingerprint: Fingerprint
  package let agent: AgentVersion
  /// Grows with each new owner.
  package let epoch: Epoch
  /// The number of times an owner has set out to perform the effect.
  package let attempts: Int
  package let root: KeyText
  package let parent: String?
  /// The record's own name in the lineage; nil for a root.
  package let childKey: String?
  package let lamport: LamportTime
  package let retention: Retention
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  /// Whether the record was found in the archive. It is answered as usual, and counted as an expiration miss.
  package let isArchived: Bool

  /// A record has a response exactly when the key is not pending, and a lease exactly when it is.
  package enum State: Hashable, Sendable {
    case pending(Lease)
    case completed(StoredResponse, at: Timestamp)
    case failed(StoredResponse, at: Timestamp)
  }

  /// The worker that may act on a pending key, and the end of its right to do so.
  package struct Lease: Hashable, Sendable {
    package let owner: WorkerID
    package let expiresAt: Timestamp
    /// The time from when the lease was taken, or last renewed, to its end. It limits how late an end is credible.
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

  /// When the outcome went on record; nil while the key is pending.
  package var closedAt: Timestamp? {
    switch state {
    case .pending: nil
    case .completed(_, let time), .failed(_, let time): time
    }
  }

  /// The id of the effect at another system. It is derived, so that every owner derives the same id.
  package var trackingID: TrackingID { TrackingID(of: key) }
}

package enum KeyStatus: String, Sendable, Codable, CaseIterable {
  case pending = "PENDING"
  case completed = "COMPLETED"
  case failed = "FAILED"
}

// The changes that a record may undergo. Each returns the record to write; the store writes it only over the epoch that
// was read.
extension KeyRecord {
  /// Returns the record of a key that is requested for the first time.
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

  /// Returns the same work under a new owner, whose epoch fences the old one.
  func takenOver(by agent: AgentVersion, lease: Lease, seen: LamportTime) -> KeyRecord {
    changed(
      state: .pending(lease), agent: agent, epoch: epoch.next, attempts: attempts + 1,
      lamport: lamport.tick(after: seen))
  }

  /// Returns the record with its final outcome. The clock ticks once more, since the outcome comes after the intent.
  func closed(_ state: State, at now: Timestamp) -> KeyRecord {
    changed(
      state: state, lamport: lamport.tick(), expiresAt: now.adding(microseconds: retention.microseconds))
  }

  /// Returns the record with a lease that its owner has renewed.
  func renewed(until expiry: Timestamp, length: Duration, owner: WorkerID) -> KeyRecord {
    changed(state: .pending(Lease(owner: owner, expiresAt: expiry, length: length)), lamport: lamport)
  }

  /// Returns the record after a step of its work that is recorded under a key of its own.
  func after(_ step: KeyRecord) -> KeyRecord { changed(state: state, lamport: max(lamport, step.lamport)) }

  /// Returns a pending record whose lease is over. A person uses it to permit a retry of a definitive failure, or to
  /// end the lease of a pending key; an owner uses it to return a key under which it did nothing. The new epoch fences
  /// the previous holder of the lease.
  package func released(by owner: WorkerID, at now: Timestamp) -> KeyRecord {
    changed(
      state: .pending(Lease(owner: owner, expiresAt: now, length: .zero)), epoch: epoch.next, lamport: lamport.tick())
  }

  /// Whether the lease was ended by `released`, so that nobody has the current epoch.
  var isReleased: Bool {
    if case .pending(let lease) = state { lease.length == .zero } else { false }
  }

  /// Returns the expiry that a use at `now` moves the record to; nil if it does not move.
  func extendedExpiry(at now: Timestamp) -> Timestamp? {
    guard !isArchived, retention.slides(from: expiresAt, at: now) else { return nil }
    return now.adding(microseconds: retention.microseconds)
  }

  /// Returns the record with a credible lease; nil if its lease is already credible.
  ///
  /// A lease that ends later than twice its length from now was granted by a clock that ran ahead, so it is changed to
  /// end one length from now. The owner and the epoch stay the same: a living owner renews the lease as before, and a
  /// dead one does not hold the key for as long as that clock was wrong. The limit is twice the length because
  /// concurrent transactions differ slightly in their current time.
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
