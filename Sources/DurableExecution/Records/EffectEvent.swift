/// One line of history: which effect happened, to what, by whom. Append-only, one per effect key and epoch of outcome;
/// the present state of a stream is the fold of its events.
package struct EffectEvent: Hashable, Sendable {
  /// The effect it tells of; unique together with the epoch, since each owner can bring one outcome at most.
  package let key: KeyText
  package let epoch: Epoch
  /// What it happened to: all events of one stream fold to its state.
  package let stream: String
  /// `claim-adjudicated`.
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
