/// Who acts: `PaymentAgent/1.2.0`. A new version replays what an old one did; the version is on record, not in the key.
package struct AgentVersion: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let version: String

  package init(_ name: String, _ version: String) {
    self.name = name
    self.version = version
  }

  /// Reads `name/version`; nil without both.
  package init?(parsing text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  package var description: String { "\(name)/\(version)" }
}

/// One running process that acquires leases: a name nobody else has, made anew at each start.
package struct WorkerID: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }
}
