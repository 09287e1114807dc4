import Crypto

/// Where in a run an activity stands: below which root key, and below which step. For tracing only; lineage never
/// decides whether an effect happens.
package struct Lineage: Hashable, Sendable {
  /// The effect key that began the run; nil for the activity that will be the root itself.
  package let root: KeyText?
  /// The root's text, or the child key of the step before.
  package let parent: String?
  package let lamport: LamportTime

  package static let root = Lineage(root: nil, parent: nil, lamport: LamportTime(0))

  package init(root: KeyText?, parent: String?, lamport: LamportTime) {
    self.root = root
    self.parent = parent
    self.lamport = lamport
  }

  /// `SHA-256(parent:agent:version:payload)`, the payload being the request's fingerprint; nil for a root.
  func childKey(of agent: AgentVersion, fingerprint: Fingerprint) -> String? {
    parent.map { SHA256.hexDigest(of: "\($0):\(agent.name):\(agent.version):\(fingerprint)".utf8) }
  }

  /// What stands below a recorded step of this run.
  func below(_ record: KeyRecord) -> Lineage {
    Lineage(
      root: root ?? record.key, parent: record.childKey ?? record.key.text, lamport: max(lamport, record.lamport))
  }
}

/// A logical clock: an effect's time is greater than that of every effect it has seen (Lamport, 1978).
package struct LamportTime: Hashable, Comparable, Sendable {
  package let count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  package static func < (left: LamportTime, right: LamportTime) -> Bool { left.count < right.count }

  func tick(after other: LamportTime = LamportTime(0)) -> LamportTime { LamportTime(Swift.max(count, other.count) + 1) }
}
