/// Who acts: `PaymentAgent/1.2.0`. A new version replays what an old one did; the version is on record, not in the key.
public struct AgentVersion: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let version: String

  public init(_ name: String, _ version: String) {
    self.name = name
    self.version = version
  }

  /// Reads `name/version`; nil without both.
  public init?(parsing text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  public var description: String { "\(name)/\(version)" }
}

/// One running process that acquires leases: a name nobody else has, made anew at each start.
public struct WorkerID: Hashable, Sendable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) {
    self.text = text
  }

  public var description: String { text }
}
