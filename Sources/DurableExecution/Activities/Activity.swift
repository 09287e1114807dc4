/// One durable effect of an agent. What it does for a request happens once, whoever asks and however often.
public protocol Activity<Key>: Sendable {
  associatedtype Key: EffectKey
  associatedtype Request: Encodable & Sendable

  /// Who acts. On record with each effect; a new version replays what an old one did.
  var agent: AgentVersion { get }
  /// The second part of its keys: `pay` in `idemp:pay:…`.
  var effect: String { get }
  /// How long its responses stay in the live table.
  var retention: Retention { get }
  /// The event that tells of a success: `claim-adjudicated`.
  var eventType: String { get }

  /// The effect the request asks for.
  func key(for request: Request) -> Key
  /// What the effect happens to: events of one stream fold to its state.
  func stream(for request: Request, key: KeyText) -> String
  /// The facts of the event, without personal data.
  func facts(of response: Key.Response) -> [String: String]
}

extension Activity {
  public var effect: String { Key.effect }
  public var retention: Retention { Key.retention }
}

/// One request, and where in a run it is made.
public struct ActivityCall<Request: Sendable>: Sendable {
  public let request: Request
  public let lineage: Lineage

  public init(_ request: Request, below lineage: Lineage = .root) {
    self.request = request
    self.lineage = lineage
  }
}

/// A request whose key we hold: what the effect is written under.
public struct OwnedCall<Request: Sendable>: Sendable {
  public let request: Request
  public let record: KeyRecord

  /// The key to write beside every row of the effect. It also names the call in its batch.
  public var effectKey: KeyText { record.key }
}

extension Sequence {
  /// An answer for each call, under its key.
  public func answers<Request, Answer: Sendable>(
    _ answer: (Element) throws -> Answer
  ) rethrows -> Answers<KeyText, Answer> where Element == OwnedCall<Request> {
    try Answers(self, id: \.effectKey, answer)
  }
}
