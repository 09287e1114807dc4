/// Any JSON value, for parts of a request that only their sender understands.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// The largest whole number up to which every reader of JSON has the same one (RFC 7493).
  private static let largestInteger: Double = 9_007_199_254_740_991
}

extension JSONValue: Codable {
  /// - Throws: `DecodingError`, also for a whole number beyond ±(2^53 - 1): another reader may take it for another one.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode(Double.self) {
      let isWhole = value.rounded() == value
      guard !isWhole || value.magnitude <= Self.largestInteger else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "the number is too large")
      }
      self = if isWhole, let integer = try? container.decode(Int64.self) { .integer(integer) } else { .number(value) }
    } else if decoder.isList {
      self = .list(try container.decode([JSONValue].self))
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}

extension Decoder {
  fileprivate var isList: Bool { (try? unkeyedContainer()) != nil }
}
