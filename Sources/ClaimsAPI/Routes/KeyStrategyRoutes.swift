package import ClaimFormats
import ClaimPipeline
package import DurableExecution
import Foundation
import Hummingbird

/// Derives keys for agents in any language, so that none has to compose a key's text itself. The answer depends on the
/// request alone, and nothing is stored.
struct KeyStrategyRoutes {
  private static let bodyLimit = 64 * 1024

  /// The effects of the program itself that move money.
  static let movingMoney: Set<String> = [
    PaymentKey.effect, VoidKey.effect, ReversalKey.effect, ReturnKey.effect,
  ]

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("effects/key", use: derive)
  }

  @Sendable private func derive(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let derived = try DerivedKey(body: try await request.bytes(upTo: Self.bodyLimit))
    return APIAnswer.json { derived.write(to: &$0) }.response()
  }
}

/// A key that a named strategy has derived from its parts, and whether money may depend on it.
package struct DerivedKey: Sendable {
  private let strategy: KeyStrategy.Name
  package let key: KeyText

  /// The reason that the key must not be used for money; nil if it may.
  package var danger: String? { strategy.danger }

  /// - Parameter body: a JSON object with the strategy, its parts, and how long the response will be kept.
  /// - Throws: `APIProblem.malformed`; `KeyRefusal` if the key would be one of another strategy, or must not be kept so.
  package init(body: [UInt8]) throws {
    let document = try StrategyDocument(body: body)
    strategy = try document.checkedStrategy()
    key = try document.key(by: strategy)
    try KeyStrategy.check(
      key, retention: try document.retention?.checkedRetention(), movingMoney: KeyStrategyRoutes.movingMoney)
  }

  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("strategy", strategy.rawValue)
      json.member("key", key.text)
      json.member("money", strategy.isForMoney)
      json.member("why_not", danger)
    }
  }
}

/// Asks for the key that a strategy derives from its parts.
struct StrategyDocument: RequestDocument {
  let strategy: String
  let parts: [String: JSONValue]
  /// How long the response will be kept, if it is known already.
  let retention: String?

  enum CodingKeys: String, CodingKey, CaseIterable { case strategy, parts, retention }

  /// - Throws: `APIProblem.malformed`.
  func checkedStrategy() throws(APIProblem) -> KeyStrategy.Name {
    guard let name = KeyStrategy.Name(rawValue: strategy) else {
      throw .malformed("strategy must be \(KeyStrategy.Name.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return name
  }

  /// - Throws: `APIProblem.malformed`; `KeyRefusal.reserved` if the effect is the form of another strategy's keys.
  func key(by strategy: KeyStrategy.Name) throws -> KeyText {
    let key: KeyText
    switch strategy {
    case .business:
      try refuseOthers(than: ["effect", "segments"])
      key = KeyStrategy.business(try text("effect"), try segments())
      guard KeyStrategy.Name(of: key) == .business else { throw KeyRefusal.reserved(effect: key.effect) }
    case .token:
      try refuseOthers(than: ["instance", "action", "at", "window", "parameters"])
      key = try KeyStrategy.token(
        instance: try text("instance"), action: try text("action"), at: try instant(), window: try window(),
        parameters: try part("parameters"))
    case .fingerprint:
      try refuseOthers(than: ["request", "state", "environment", "versions"])
      key = try KeyStrategy.fingerprint(
        request: try part("request"), state: try part("state"), environment: try text("environment"),
        versions: try versions())
    }
    guard key.text.isFitForKey else {
      throw APIProblem.malformed("the parts make a key of more than 500 characters, or with some beyond ASCII")
    }
    return key
  }

  private func refuseOthers(than names: Set<String>) throws(APIProblem) {
    guard let unknown = parts.keys.filter({ !names.contains($0) }).min() else { return }
    throw .malformed(
      "\(strategy) has no part \(unknown.prefix(40).debugDescription); "
        + "it has \(names.sorted().joined(separator: ", "))")
  }

  private func part(_ name: String) throws(APIProblem) -> JSONValue {
    guard let part = parts[name] else { throw .malformed("parts.\(name) is missing") }
    return part
  }

  private func text(_ name: String) throws(APIProblem) -> String {
    guard case .text(let text) = try part(name), !text.isEmpty else {
      throw .malformed("parts.\(name) must be a text that is not empty")
    }
    return text
  }

  private func segments() throws(APIProblem) -> [String] {
    guard case .list(let values) = try part("segments"), !values.isEmpty else {
      throw .malformed("parts.segments must be a list of one text or more")
    }
    let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard texts.count == values.count else { throw .malformed("parts.segments must have texts only") }
    return texts
  }

  private func versions() throws(APIProblem) -> [String: String] {
    guard case .object(let values) = try part("versions") else {
      throw .malformed("parts.versions must be an object of texts")
    }
    let texts = values.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
    guard texts.count == values.count else { throw .malformed("parts.versions must have texts only") }
    return texts
  }

  private func window() throws(APIProblem) -> KeyStrategy.Window {
    guard let window = KeyStrategy.Window(rawValue: try text("window")) else {
      throw .malformed("parts.window must be \(KeyStrategy.Window.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return window
  }

  private func instant() throws(APIProblem) -> Timestamp {
    let text = try text("at")
    let instant = (try? Date(text, strategy: .iso8601)).map {
      Timestamp(microseconds: Int64($0.timeIntervalSince1970) * 1_000_000)
    }
    // A date that does not exist would be read as another one.
    guard let instant, instant.iso8601 == text else {
      throw .malformed("parts.at must be an instant in UTC, for example 2026-04-01T09:00:00Z")
    }
    return instant
  }
}
