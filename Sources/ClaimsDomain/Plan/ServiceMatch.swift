/// Which lines a benefit rule is for. An empty list matches all. A list of places of service matches no line of an
/// institutional claim: what that has in CLM05-1 is its type of bill, of other codes that look like some of these.
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
