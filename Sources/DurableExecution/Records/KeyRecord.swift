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
