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
