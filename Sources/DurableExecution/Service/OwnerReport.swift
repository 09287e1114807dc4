/// What the owner of a key reports about its work.
enum OwnerReport: Sendable {
  /// The owner is still working, and renews its lease.
  case working(lease: Duration)
  case completed(StoredResponse)
  /// A definitive refusal, to be replayed like a response.
  case failed(StoredResponse)
  /// The owner did nothing and returns the key.
  case nothingDone

  /// The consequence of a report.
  enum Decision: Hashable {
    /// The record to write, with the event of an outcome.
    case write(KeyRecord, EffectEvent?)
    case answer(KeyReport)
  }

  /// Decides about a report. The end of the lease does not matter: as long as the epoch is the current one, nobody has
  /// taken the key over.
  ///
  /// - Throws: `StoreFailure.corrupt` if the stored response is not the one that was written.
  func decision(on record: KeyRecord, epoch: Epoch, at now: Timestamp) throws -> Decision {
    guard record.epoch == epoch else { return .answer(isRepeat(on: record, epoch: epoch) ? .accepted : .fenced) }
    switch record.state {
    // Releasing a key begins an epoch that nobody has.
    case .pending where record.isReleased: return .answer(.fenced)
    case .pending(let lease): return try write(over: record, lease, at: now)
    case .completed, .failed:
      _ = try record.intactResponse()
      return .answer(isSameOutcome(as: record.state) ? .accepted : .conflicting)
    }
  }

  private func write(over record: KeyRecord, _ lease: KeyRecord.Lease, at now: Timestamp) throws -> Decision {
    switch self {
    case .working(let length):
      return .write(record.renewed(until: now.adding(length), length: length, owner: lease.owner), nil)
    case .completed(let response):
      let closed = record.closed(.completed(response, at: now), at: now)
      return .write(closed, try event("effect-completed", closed, at: now))
    case .failed(let response):
      let closed = record.closed(.failed(response, at: now), at: now)
      return .write(closed, try event("\(record.key.effect)-refused", closed, at: now))
    case .nothingDone:
      return .write(record.released(by: WorkerID("released by \(lease.owner)"), at: now), nil)
    }
  }

  /// The key is a stream of its own: the service knows no other subject that its effect belongs to.
  private func event(_ type: String, _ record: KeyRecord, at now: Timestamp) throws -> EffectEvent {
    EffectEvent(
      key: record.key, epoch: record.epoch, stream: record.key.text, type: type, agent: record.agent,
      lamport: record.lamport, at: now, facts: try CanonicalJSON.bytes(of: [String: String]()))
  }

  /// Whether this report has returned the key before, and nobody has acquired it since.
  private func isRepeat(on record: KeyRecord, epoch: Epoch) -> Bool {
    guard case .nothingDone = self else { return false }
    return record.isReleased && record.epoch == epoch.next
  }

  private func isSameOutcome(as state: KeyRecord.State) -> Bool {
    switch (self, state) {
    case (.completed(let response), .completed(let stored, _)), (.failed(let response), .failed(let stored, _)):
      response.isIdentical(to: stored)
    default: false
    }
  }
}

extension StoredResponse {
  /// Whether the responses are equal byte for byte. Swift considers some texts equal whose bytes differ.
  fileprivate func isIdentical(to other: StoredResponse) -> Bool {
    bytes == other.bytes && status == other.status && contentType.utf8.elementsEqual(other.contentType.utf8)
  }
}
