import Crypto

/// One entry of history: which effect happened, to what, and by whom. Entries are append-only, one per effect key and
/// epoch of the outcome. The current state of a stream is the fold of its events.
package struct EffectEvent: Hashable, Sendable {
  /// The key of the effect. It is unique together with the epoch, since each owner can produce at most one outcome.
  package let key: KeyText
  package let epoch: Epoch
  /// The stream that the event belongs to. All events of a stream fold to its state.
  package let stream: String
  /// The type of the event: `claim-adjudicated`.
  package let type: String
  package let agent: AgentVersion
  package let lamport: LamportTime
  package let at: Timestamp
  /// Canonical JSON of the facts that changed; no personal data.
  package let facts: [UInt8]

  package init(
    key: KeyText, epoch: Epoch, stream: String, type: String, agent: AgentVersion, lamport: LamportTime, at: Timestamp,
    facts: [UInt8]
  ) {
    self.key = key
    self.epoch = epoch
    self.stream = stream
    self.type = type
    self.agent = agent
    self.lamport = lamport
    self.at = at
    self.facts = facts
  }
}

/// The agent that acts: `PaymentAgent/1.2.0`. A new version replays what an old one did, since the version is recorded
/// but is not part of the key.
package struct AgentVersion: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let version: String

  package init(_ name: String, _ version: String) {
    self.name = name
    self.version = version
  }

  /// Parses `name/version`; nil if either part is missing.
  package init?(parsing text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  package var description: String { "\(name)/\(version)" }
}

/// One running process that acquires leases. Its name is unique and is generated at each start.
package struct WorkerID: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }
}

/// The position of an activity in a run: its root key and its parent step. Lineage is for tracing only; it never
/// decides whether an effect happens.
package struct Lineage: Hashable, Sendable {
  /// The effect key that began the run; nil for the activity that becomes the root.
  package let root: KeyText?
  /// The root's text, or the child key of the preceding step.
  package let parent: String?
  package let lamport: LamportTime

  package static let root = Lineage(root: nil, parent: nil, lamport: LamportTime(0))

  package init(root: KeyText?, parent: String?, lamport: LamportTime) {
    self.root = root
    self.parent = parent
    self.lamport = lamport
  }

  /// Returns `SHA-256(parent:agent:version:payload)`, where the payload is the request's fingerprint; nil for a root.
  func childKey(of agent: AgentVersion, fingerprint: Fingerprint) -> String? {
    parent.map { SHA256.hexDigest(of: "\($0):\(agent.name):\(agent.version):\(fingerprint)".utf8) }
  }

  /// Returns the lineage of the steps below a recorded step of this run.
  func below(_ record: KeyRecord) -> Lineage {
    Lineage(
      root: root ?? record.key, parent: record.childKey ?? record.key.text, lamport: max(lamport, record.lamport))
  }
}

/// A logical clock. An effect's time is greater than that of every effect it has seen (Lamport, 1978).
package struct LamportTime: Hashable, Comparable, Sendable {
  package let count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  package static func < (left: LamportTime, right: LamportTime) -> Bool { left.count < right.count }

  func tick(after other: LamportTime = LamportTime(0)) -> LamportTime { LamportTime(Swift.max(count, other.count) + 1) }
}
