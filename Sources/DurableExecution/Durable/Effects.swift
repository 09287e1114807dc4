/// An effect that another system performs, such as a payment or a shipment. It happens once for each key.
///
/// Declare each effect once, as a constant, and name it in every call:
///
/// ```swift
/// let ship = RemoteEffect("ship", key: { (order: Order) in [order.number] }, returns: Consignment.self)
/// ```
///
/// The name and the segments make the key: `idemp:ship:4711`. Build the segments from business values only. A time, a
/// counter or a random number would turn each attempt into a separate effect.
public struct RemoteEffect<Request: Encodable & Sendable, Response: Codable & Sendable>: Sendable {
  let definition: EffectDefinition<Request, Response>

  /// - Parameters:
  ///   - name: lowercase letters, digits and hyphens. It is part of every key, so it never changes.
  ///   - key: the business values that identify the effect, in a fixed order.
  ///   - response: the type of the other system's answer. The first answer is stored and replayed.
  ///   - retention: how long the response stays in the live table after its last use.
  public init(
    _ name: String, key: @escaping @Sendable (Request) -> [String], returns response: Response.Type,
    retention: Retention = .financial
  ) {
    definition = EffectDefinition(.remote, name, retention, key)
  }
}

/// An effect in the store itself, as rows of the caller's own transaction. It happens once for each key.
///
/// ```swift
/// let reserve = LocalEffect("reserve", key: { (order: Order) in [order.number] }, returns: Reservation.self)
/// ```
public struct LocalEffect<Request: Encodable & Sendable, Response: Codable & Sendable>: Sendable {
  let definition: EffectDefinition<Request, Response>

  /// - Parameters:
  ///   - name: lowercase letters, digits and hyphens. It is part of every key, so it never changes.
  ///   - key: the business values that identify the effect, in a fixed order.
  ///   - response: the type of the result of the work. The first response is stored and replayed.
  ///   - retention: how long the response stays in the live table after its last use.
  public init(
    _ name: String, key: @escaping @Sendable (Request) -> [String], returns response: Response.Type,
    retention: Retention = .financial
  ) {
    definition = EffectDefinition(.local, name, retention, key)
  }
}

/// The runner's description of an effect of either kind.
struct EffectDefinition<Request: Encodable & Sendable, Response: Codable & Sendable>: Activity {
  let effect: String
  let retention: Retention
  let segments: @Sendable (Request) -> [String]
  let agent: AgentVersion

  /// What performs an effect. It is on record with each key, so an effect is never taken for one of another kind.
  enum Kind: String {
    case remote = "RemoteEffect"
    case local = "LocalEffect"
    case flow = "Flow"
  }

  init(_ kind: Kind, _ name: String, _ retention: Retention, _ segments: @escaping @Sendable (Request) -> [String]) {
    precondition(
      !name.isEmpty && name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) },
      "an effect's name has lowercase letters, digits and hyphens")
    effect = name
    agent = AgentVersion(kind.rawValue, "1")
    self.retention = retention
    self.segments = segments
  }

  /// The key of an effect whose name is known only at run time.
  struct Key: EffectKey {
    static var effect: String { "" }
    static var retention: Retention { .financial }

    let text: KeyText
    var segments: [String] { [] }
  }

  var eventType: String { "\(effect)-done" }

  func key(for request: Request) -> Key { Key(text: KeyText(effect: effect, segments: segments(request))) }

  func stream(for request: Request, key: KeyText) -> String { key.text }

  func facts(of response: Response) -> [String: String] { [:] }

  func recognizes(_ record: KeyRecord) -> Bool { record.agent.name == agent.name }
}

/// One call of a remote effect, as sent to the other system.
public struct EffectCall<Request: Sendable>: Sendable {
  public let request: Request
  /// The key to send with the request, for instance as `Idempotency-Key`.
  public let key: String
  /// Identifies the work at the other system, so that the system can be asked later what happened.
  public let trackingID: String
  /// Grows with each process that takes over the work. A system that has seen a greater epoch refuses a smaller one.
  public let epoch: Int64
}

/// Another system's account of what happened to a call.
public enum EffectStanding<Response: Sendable>: Sendable {
  /// It has never heard of the call. The request is sent.
  case neverHeardOf
  /// It acted; the value is its answer.
  case done(Response)
  /// It refused permanently.
  case refused(EffectRefusal)
  /// It cannot tell. Nothing is sent, and the outcome stays unknown.
  case unknown
}

/// A definitive refusal, which is stored and replayed like a success. Throw it when the other system, or the local
/// work, refuses permanently.
public struct EffectRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// A short, stable identifier for programs: `out-of-stock`.
  public let code: String
  /// One line for people, without personal data.
  public let message: String

  /// - Parameters:
  ///   - code: a short, stable identifier for programs.
  ///   - message: one line for people, without personal data.
  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(message) (\(code))" }
}

/// The reason that there is no response yet, or never will be under this key.
public enum EffectError: Error, Hashable, Sendable {
  /// Another process is working on the effect, or its outcome is not known yet. Call again later.
  case inProgress(key: String)
  /// The effect has happened, but its response cannot be written as JSON, so it is not on record. The outcome stays open
  /// until the other system gives a response that can be written.
  case responseNotStorable(key: String)
  /// The key was used for a different request, or for an effect of another kind. Nothing was changed.
  case otherRequest(key: String)
  /// A step that undoes another was refused; the other steps are undone. A flow stays unfinished, so that a person can
  /// look at it.
  case notUndone(EffectRefusal)
}
