/// The lines that a benefit rule applies to. An empty list matches all lines. A list of places of service matches no
/// line of an institutional claim, whose CLM05-1 holds the type of bill; some of those codes look like places of
/// service.
package struct ServiceMatch: Hashable, Sendable, Codable {
  package var procedures: [CodePattern]
  package var revenueCodes: [CodePattern]
  package var placesOfService: [CodePattern]

  package init(procedures: [String] = [], revenueCodes: [String] = [], placesOfService: [String] = []) {
    self.procedures = procedures.map(CodePattern.init)
    self.revenueCodes = revenueCodes.map(CodePattern.init)
    self.placesOfService = placesOfService.map(CodePattern.init)
  }

  package func matches(_ line: ServiceLine) -> Bool {
    Self.matches(line.procedure?.code, procedures) && Self.matches(line.revenueCode, revenueCodes)
      && Self.matches(line.revenueCode != nil ? nil : line.placeOfService, placesOfService)
  }

  private static func matches(_ code: String?, _ patterns: [CodePattern]) -> Bool {
    guard !patterns.isEmpty else { return true }
    guard let code else { return false }
    return patterns.contains { $0.matches(code) }
  }

  enum CodingKeys: String, CodingKey {
    case procedures
    case revenueCodes = "revenue_codes"
    case placesOfService = "places_of_service"
  }
}

/// A code, or all codes with the same prefix, such as `G0463` or `J*`.
package struct CodePattern: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The pattern as written in the plan file.
  package let description: String
  private let stem: [UInt8]
  private let isPrefix: Bool

  package init(_ text: String) {
    description = text
    isPrefix = text.hasSuffix("*")
    stem = Array(isPrefix ? text.dropLast().utf8 : text.utf8[...])
  }

  /// Compares bytes, because codes are ASCII and every line of every claim is matched here.
  package func matches(_ code: String) -> Bool {
    let bytes = code.utf8
    return (isPrefix || bytes.count == stem.count) && bytes.starts(with: stem)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
