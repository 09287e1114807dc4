/// The keys allowed in a JSON claim. A mistyped key is refused by name rather than ignored, because its value would be
/// missing from the decision. Matches `Fixtures/claims/claim.schema.json`.
indirect enum ClaimShape: Sendable {
  case value
  case object([String: ClaimShape])
  case list(of: ClaimShape)

  static let claim = ClaimShape.object([
    "kind": .value, "claim_number": .value, "payer": .object(["id": .value, "name": .value]),
    "payer_sequence": .value, "frequency": .value, "payer_control_number": .value, "prior_authorization": .value,
    "assigns_benefits": .value, "related_causes": .value,
    "facility_code": .value, "charge": .value, "billing_provider": provider, "rendering_provider": provider,
    "subscriber": .object([
      "member_id": .value, "name": name, "birth_date": .value, "group_number": .value, "address": address,
    ]),
    "patient": .object(["relationship": .value, "name": name, "birth_date": .value, "address": address]),
    "diagnoses": .value, "statement_dates": dates, "lines": .list(of: line),
  ])

  private static let provider = ClaimShape.object([
    "name": .value, "npi": .value, "tax_id": .value, "address": address,
  ])
  private static let name = ClaimShape.object(["last": .value, "first": .value, "middle": .value])
  private static let address = ClaimShape.object([
    "lines": .value, "city": .value, "state": .value, "postal_code": .value,
  ])
  private static let dates = ClaimShape.object(["first": .value, "last": .value])
  private static let line = ClaimShape.object([
    "number": .value, "code": .value, "code_qualifier": .value, "modifiers": .value, "revenue_code": .value,
    "charge": .value, "units": .value, "place_of_service": .value, "service_dates": dates,
    "diagnosis_pointers": .value,
  ])

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
  }

  /// Checks the keys. Values of the wrong type are left for decoding to report.
  ///
  /// - Throws: `DecodingError` that names the first unknown key.
  func check(_ decoder: any Decoder) throws {
    guard case .object(let keys) = self else { return }
    try Self.check(try decoder.container(keyedBy: Key.self), keys)
  }

  private static func check(_ container: KeyedDecodingContainer<Key>, _ keys: [String: ClaimShape]) throws {
    for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
      switch keys[key.stringValue] {
      case nil:
        let context = DecodingError.Context(
          codingPath: container.codingPath + [key], debugDescription: "a claim has no such key")
        throw DecodingError.dataCorrupted(context)
      case .value:
        break
      case .object(let inner):
        guard let nested = try? container.nestedContainer(keyedBy: Key.self, forKey: key) else { continue }
        try check(nested, inner)
      case .list(let element):
        guard case .object(let inner) = element, var list = try? container.nestedUnkeyedContainer(forKey: key) else {
          continue
        }
        while !list.isAtEnd {
          guard let nested = try? list.nestedContainer(keyedBy: Key.self) else { break }
          try check(nested, inner)
        }
      }
    }
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
      self.init(path: "", reason: "the record is not valid JSON")
    case .dataCorrupted(let context):
      // The text comes from our own types. The decoder's own errors that have a path never hold a value of a claim.
      self.init(path: Self.path(context.codingPath), reason: context.debugDescription)
    @unknown default:
      self.init(path: "", reason: "the record cannot be read")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text in quotes"
    case is Int.Type: "a whole number"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}
