import ClaimsDomain
import StrictText

/// What a JSON claim looks like: the keys that it may have, those that it must have, and the type of each value. A mistyped
/// key is refused by name rather than ignored, because its value would be missing from the decision. Matches
/// `Fixtures/claims/claim.schema.json`.
indirect enum ClaimShape: Sendable {
  /// A single value, or a list of them. Reading it throws a `DecodingError` when it is not of its type.
  case value(@Sendable (any Decoder) throws -> Void)
  case object([Field])
  case list(of: ClaimShape)

  struct Field: Sendable {
    let key: String
    let isRequired: Bool
    let shape: ClaimShape
  }

  /// How closely a claim is looked at.
  enum Scope {
    /// Whether there are keys that are not known.
    case keys
    /// Everything that the shape says.
    case all
  }

  /// More problems than a person corrects at a time.
  static let limit = 100

  /// Returns what is wrong with a value, in the order of the shape.
  func problems(in decoder: any Decoder, _ scope: Scope) -> [ClaimDocument.Problem] {
    do {
      switch self {
      case .value(let read):
        if scope == .all { try read(decoder) }
        return []
      case .object(let fields): return try Self.problems(in: decoder.container(keyedBy: Key.self), fields, scope)
      case .list(let element):
        var (list, problems) = (try decoder.unkeyedContainer(), [ClaimDocument.Problem]())
        while !list.isAtEnd, problems.count <= Self.limit {
          problems += element.problems(in: try list.superDecoder(), scope)
        }
        return problems
      }
    } catch let error as DecodingError {
      // A value of the wrong type has no keys to look at.
      return scope == .all ? [ClaimDocument.Problem(error)] : []
    } catch {
      // The text is known to be JSON. Of a number that it cannot hold, the decoder throws an error of its own.
      let path = ClaimDocument.Problem.path(decoder.codingPath)
      return [ClaimDocument.Problem(path: path, reason: "cannot be read; a number may be too large")]
    }
  }

  private static func problems(
    in container: KeyedDecodingContainer<Key>, _ fields: [Field], _ scope: Scope
  ) throws -> [ClaimDocument.Problem] {
    let known = NearestWord(known: fields.map(\.key))
    let unknown = container.allKeys.map(\.stringValue).filter { key in !fields.contains { $0.key == key } }.sorted()
      .prefix(limit + 1)
    // A longer key is no slip of the finger, and takes long to compare.
    func nearest(to key: String) -> String? { key.utf8.count <= 40 ? known.nearest(to: key) : nil }
    func path(_ key: String) -> String { ClaimDocument.Problem.path(container.codingPath + [Key(stringValue: key)]) }
    var problems = unknown.map { key in
      let advice = nearest(to: key).map { "; did you mean \"\($0)\"?" } ?? ""
      return ClaimDocument.Problem(path: path(key), reason: "a claim has no such key\(advice)")
    }
    let mistyped = Set(unknown.compactMap(nearest))
    for field in fields {
      let key = Key(stringValue: field.key)
      if try container.contains(key) && (field.isRequired || !container.decodeNil(forKey: key)) {
        problems += field.shape.problems(in: try container.superDecoder(forKey: key), scope)
      } else if field.isRequired, scope == .all, !mistyped.contains(field.key) {
        problems.append(ClaimDocument.Problem(path: path(field.key), reason: "is missing"))
      }
    }
    return problems
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
  }
}

extension ClaimShape {
  static let claim = ClaimShape.object([
    .may("$comment", .value(of: String.self)),
    .must("kind", .value(of: String.self)), .must("claim_number", .value(of: ClaimNumber.self)),
    .must("payer", .object([.must("id", .value(of: PayerID.self)), .must("name", .value(of: String.self))])),
    .must("payer_sequence", .value(of: String.self)), .must("frequency", .value(of: ClaimFrequency.self)),
    .may("payer_control_number", .value(of: String.self)), .may("prior_authorization", .value(of: String.self)),
    .must("assigns_benefits", .value(of: Bool.self)), .may("related_causes", .list(of: .value(of: String.self))),
    .must("facility_code", .value(of: String.self)), .must("charge", .value(of: Money.self)),
    .must("billing_provider", provider), .may("rendering_provider", provider),
    .must(
      "subscriber",
      .object([
        .must("member_id", .value(of: MemberID.self)), .must("name", name), .may("birth_date", day),
        .may("group_number", .value(of: String.self)), .may("address", address),
      ])),
    .may(
      "patient",
      .object([
        .must("relationship", .value(of: String.self)), .must("name", name), .may("birth_date", day),
        .may("address", address),
      ])),
    .must("diagnoses", .list(of: .value(of: String.self))), .may("statement_dates", dates),
    .must("lines", .list(of: line)),
  ])

  private static let provider = ClaimShape.object([
    .must("name", .value(of: String.self)), .may("npi", .value(of: String.self)),
    .may("tax_id", .value(of: String.self)), .may("address", address),
  ])
  private static let name = ClaimShape.object([
    .must("last", .value(of: String.self)), .must("first", .value(of: String.self)),
    .may("middle", .value(of: String.self)),
  ])
  private static let address = ClaimShape.object([
    .must("lines", .list(of: .value(of: String.self))), .must("city", .value(of: String.self)),
    .must("state", .value(of: String.self)), .must("postal_code", .value(of: String.self)),
  ])
  private static let day = ClaimShape.value(of: CalendarDate.self)
  private static let dates = ClaimShape.object([.must("first", day), .must("last", day)])
  private static let line = ClaimShape.object([
    .may("number", .value(of: Int.self)), .may("code", .value(of: String.self)),
    .may("code_qualifier", .value(of: String.self)), .may("modifiers", .list(of: .value(of: String.self))),
    .may("revenue_code", .value(of: String.self)), .must("charge", .value(of: Money.self)),
    .must("units", .value(of: Units.self)), .may("place_of_service", .value(of: String.self)),
    .may("service_dates", dates), .may("diagnosis_pointers", .list(of: .value(of: Int.self))),
  ])

  private static func value<Value: Decodable & SendableMetatype>(of type: Value.Type) -> ClaimShape {
    .value { decoder in _ = try decoder.singleValueContainer().decode(type) }
  }
}

extension ClaimShape.Field {
  fileprivate static func must(_ key: String, _ shape: ClaimShape) -> Self {
    Self(key: key, isRequired: true, shape: shape)
  }

  fileprivate static func may(_ key: String, _ shape: ClaimShape) -> Self {
    Self(key: key, isRequired: false, shape: shape)
  }
}

extension ClaimDocument.Problem {
  /// Restates a decoder's error in terms that a claim's sender understands. Never repeats a value.
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(path: Self.path(context.codingPath + [key]), reason: "is missing")
    case .valueNotFound(_, let context):
      self.init(path: Self.path(context.codingPath), reason: "must not be null")
    case .typeMismatch(let type, let context):
      self.init(path: Self.path(context.codingPath), reason: "must be \(Self.name(of: type))")
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      self.init(path: "", reason: "the record cannot be read")
    case .dataCorrupted(let context):
      // The text comes from our own types. The decoder's own errors that have a path never hold a value of a claim.
      self.init(path: Self.path(context.codingPath), reason: context.debugDescription)
    @unknown default:
      self.init(path: "", reason: "the record cannot be read")
    }
  }

  static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text in quotes"
    case is Int.Type: "a whole number"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}
