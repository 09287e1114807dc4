/// All that is kept about one effect key.
public struct KeyRecord: Hashable, Sendable {
  public let key: KeyText
  public let state: State
  public let fingerprint: Fingerprint
  public let agent: AgentVersion
  /// Grows with each new owner.
  public let epoch: Epoch
  /// How often somebody has set out to do it.
  public let attempts: Int
  public let root: KeyText
  public let parent: String?
  /// The record's own name in the lineage; nil on a root.
  public let childKey: String?
  public let lamport: LamportTime
  public let retention: Retention
  public let createdAt: Timestamp
  public let expiresAt: Timestamp
  /// Whether it was found in the archive: answered as ever, counted as an expiration miss.
  public let isArchived: Bool

  /// A response is there exactly when the key is not pending; a lease exactly when it is.
  public enum State: Hashable, Sendable {
    case pending(Lease)
    case completed(StoredResponse, at: Timestamp)
    case failed(StoredResponse, at: Timestamp)
  }

  /// Who may act on a pending key, and until when.
  public struct Lease: Hashable, Sendable {
    public let owner: WorkerID
    public let expiresAt: Timestamp
    /// From when it was taken, or last renewed, to its end. What is believed of the end is measured by it.
    public let length: Duration

    public init(owner: WorkerID, expiresAt: Timestamp, length: Duration) {
      self.owner = owner
      self.expiresAt = expiresAt
      self.length = length
    }
  }

  public init(
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

  public var status: KeyStatus {
    switch state {
    case .pending: .pending
    case .completed: .completed
    case .failed: .failed
    }
  }

  public var response: StoredResponse? {
    switch state {
    case .pending: nil
    case .completed(let response, _), .failed(let response, _): response
    }
  }

  /// The name another system knows the effect by: derived, so that whoever takes over derives the same.
  public var trackingID: TrackingID { TrackingID(of: key) }
}

public enum KeyStatus: String, Sendable, Codable, CaseIterable {
  case pending = "PENDING"
  case completed = "COMPLETED"
  case failed = "FAILED"
}
