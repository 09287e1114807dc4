import DurableExecution

// The mapping of a record to a row of `effect_keys` or `archived_keys`.
extension KeyRecord {
  static let columns: DialectText = """
    key, status, fingerprint, response, content_type, response_status, response_digest, agent, agent_version, epoch, \
    lease_owner, lease_expires, lease_length, attempts, root_key, parent_key, child_key, lamport, retention, created_at, \
    completed_at, expires_at
    """

  /// - Parameter bodies: bytes for the responses that the statement omitted; the caller checks their digests.
  init(columns: inout Columns, isArchived: Bool, bodies: [KeyText: [UInt8]] = [:]) throws {
    let key = KeyText(try columns.text())
    let (status, fingerprint) = (try columns.text(), try columns.text())
    let answer = Answer(
      bytes: try columns.bytesOrNil() ?? bodies[key], contentType: try columns.textOrNil(),
      status: try columns.integerOrNil(),
      digest: try columns.textOrNil())
    let agent = AgentVersion(try columns.text(), try columns.text())
    let epoch = Epoch(try columns.integer())
    let (owner, leaseEnd, leaseLength) = (
      try columns.textOrNil(), try columns.integerOrNil(), try columns.integerOrNil()
    )
    let (attempts, root) = (try columns.count(), try columns.text())
    let (parent, childKey) = (try columns.textOrNil(), try columns.textOrNil())
    let lamport = LamportTime(try columns.integer())
    guard let retention = Retention(rawValue: try columns.text()) else {
      throw StoreFailure.corrupt("key \(key.digest.prefix(16)) has an unknown retention")
    }
    let createdAt = Timestamp(microseconds: try columns.integer())
    let completedAt = try columns.integerOrNil().map(Timestamp.init(microseconds:))
    let state: State
    switch KeyStatus(rawValue: status) {
    case .pending:
      guard let owner, let leaseEnd, let leaseLength else { throw Self.halfDone(key) }
      state = .pending(
        Lease(
          owner: WorkerID(owner), expiresAt: Timestamp(microseconds: leaseEnd), length: .microseconds(leaseLength)))
    case .completed:
      guard let response = answer.response, let completedAt else { throw Self.halfDone(key) }
      state = .completed(response, at: completedAt)
    case .failed:
      guard let response = answer.response, let completedAt else { throw Self.halfDone(key) }
      state = .failed(response, at: completedAt)
    case nil: throw Self.halfDone(key)
    }
    self.init(
      key: key, state: state, fingerprint: Fingerprint(hex: fingerprint), agent: agent, epoch: epoch,
      attempts: attempts, root: KeyText(root), parent: parent, childKey: childKey, lamport: lamport,
      retention: retention, createdAt: createdAt, expiresAt: Timestamp(microseconds: try columns.integer()),
      isArchived: isArchived)
  }

  private struct Answer {
    let bytes: [UInt8]?
    let contentType: String?
    let status: Int64?
    let digest: String?

    var response: StoredResponse? {
      guard let bytes, let contentType, let status, let digest else { return nil }
      return StoredResponse(bytes: bytes, contentType: contentType, status: Int(status), digest: digest)
    }
  }

  private static func halfDone(_ key: KeyText) -> StoreFailure {
    .corrupt("key \(key.digest.prefix(16)) is neither pending nor done")
  }

  var insertArguments: [SQLValue] {
    [.text(key.text), .text(status.rawValue), .text(fingerprint.hex)] + answerArguments
      + [.text(agent.name), .text(agent.version), .integer(epoch.number)] + leaseArguments
      + [
        .count(attempts), .text(root.text), .text(optional: parent), .text(optional: childKey),
        .integer(lamport.count), .text(retention.rawValue), .integer(createdAt.microseconds),
        .integer(optional: completedAt?.microseconds), .integer(expiresAt.microseconds), .text(key.effect),
      ]
  }

  fileprivate var answerArguments: [SQLValue] {
    [
      .bytes(optional: response?.bytes), .text(optional: response?.contentType), .count(optional: response?.status),
      .text(optional: response?.digest),
    ]
  }

  fileprivate var leaseArguments: [SQLValue] {
    guard case .pending(let lease) = state else { return [.null, .null, .null] }
    let length = Timestamp(microseconds: 0).adding(lease.length).microseconds
    return [.text(lease.owner.text), .integer(lease.expiresAt.microseconds), .integer(length)]
  }

  fileprivate var completedAt: Timestamp? {
    switch state {
    case .pending: nil
    case .completed(_, let at), .failed(_, let at): at
    }
  }
}

extension RecordChange {
  var arguments: [SQLValue] {
    [.text(to.status.rawValue)] + to.answerArguments
      + [.text(to.agent.name), .text(to.agent.version), .integer(to.epoch.number)] + to.leaseArguments
      + [
        .count(to.attempts), .integer(to.lamport.count), .integer(optional: to.completedAt?.microseconds),
        .integer(to.expiresAt.microseconds), .text(from.key.text), .integer(from.epoch.number),
        .text(from.status.rawValue),
      ]
  }
}
