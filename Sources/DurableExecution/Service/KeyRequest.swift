/// A request for a key by an agent that is not ours: another process, perhaps in another language.
package struct KeyRequest: Sendable {
  package let key: KeyText
  /// Identifies the request. The same key with another fingerprint is a mismatch.
  package let fingerprint: Fingerprint
  package let agent: AgentVersion
  /// The process that asks. Two tasks of one process are two callers: while one holds the key, the other waits.
  package let owner: WorkerID
  /// How long the owner may act before it renews the lease: from 1 millisecond to 1 hour.
  package let lease: Duration
  package let retention: Retention
  package let lineage: Lineage

  package init(
    key: KeyText, fingerprint: Fingerprint, agent: AgentVersion, owner: WorkerID, lease: Duration,
    retention: Retention, lineage: Lineage = .root
  ) {
    self.key = key
    self.fingerprint = fingerprint
    self.agent = agent
    self.owner = owner
    self.lease = lease
    self.retention = retention
    self.lineage = lineage
  }
}

/// The answer to a request for a key.
package enum KeyAnswer: Hashable, Sendable {
  /// The caller owns the key until its lease ends, under the epoch of the record.
  ///
  /// If the record counts more than one attempt, an earlier owner may have acted. The caller finds out what happened
  /// under the record's tracking id before it acts.
  case acquired(KeyRecord)
  /// The key is completed or failed. The record has the response, whose bytes are those of the first outcome.
  case replayed(KeyRecord)
  /// Another caller owns the key. After this time it may be acquired.
  case inProgress(until: Timestamp)
  /// The key is in use for a different request. Nothing was changed.
  case mismatch
}

/// The answer to an owner's report about its key.
package enum KeyReport: Hashable, Sendable {
  /// The report is on record, from now on or since the same report came before.
  case accepted
  /// The epoch is not the key's current one: another owner has the key, or had it last. Nothing was changed.
  case fenced
  /// The key already has another outcome under this epoch. Nothing was changed.
  case conflicting
  case unknownKey
}

/// The reason that a request about a key cannot be granted, whatever the store contains.
package enum KeyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The lease is shorter than 1 millisecond or longer than 1 hour.
  case leaseOutOfRange(Duration)
  /// The key belongs to the program itself, or to a lock.
  case reserved(effect: String)
  /// The key is derived by a strategy under which a retry may act twice, and its retention is that of money.
  case notForMoney(effect: String)

  package var description: String {
    switch self {
    case .leaseOutOfRange(let lease): "a lease of \(lease) is not between 1 millisecond and 1 hour"
    case .reserved(let effect): "keys of the effect \(effect) are reserved"
    case .notForMoney(let effect):
      "under a key of the form \(effect) a retry may act twice, so it is not for money; use a business key"
    }
  }
}

extension KeyRequest {
  static let leases = Duration.milliseconds(1)...Duration.seconds(3_600)

  /// - Throws: `KeyRefusal` if the lease is out of range, or the key does not suit the retention.
  func check() throws(KeyRefusal) {
    try Self.check(lease)
    try KeyStrategy.check(key, retention: retention)
  }

  /// - Throws: `KeyRefusal.leaseOutOfRange`.
  static func check(_ lease: Duration) throws(KeyRefusal) {
    guard leases.contains(lease) else { throw .leaseOutOfRange(lease) }
  }
}

extension KeyStrategy {
  /// Refuses a key under which a retry may act twice, if money depends on it.
  ///
  /// - Parameters:
  ///   - retention: how long the response is kept. That of money marks the effect as financial.
  ///   - effects: the effects of the program itself that move money, such as `pay`. No token has one as its action.
  /// - Throws: `KeyRefusal.notForMoney`.
  package static func check(
    _ key: KeyText, retention: Retention?, movingMoney effects: Set<String> = []
  ) throws(KeyRefusal) {
    let name = Name(of: key)
    guard !name.isForMoney else { return }
    let movesMoney = name == .token && key.segments.dropFirst().first.map(effects.contains) == true
    if movesMoney || retention == .financial { throw .notForMoney(effect: key.effect) }
  }
}
