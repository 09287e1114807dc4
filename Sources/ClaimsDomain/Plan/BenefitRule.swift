/// How lines of one kind share their cost.
package struct BenefitRule: Hashable, Sendable, Codable {
  /// Names the rule in explanations, such as `office-visit`.
  package var id: String
  package var applies: ServiceMatch
  package var copay: Money
  /// Which claims share a copay; nil when each claim has its own.
  package var copayPer: CopayPer?

  package enum CopayPer: String, Hashable, Sendable, Codable {
    case providerAndDay = "provider-and-day"
  }
  package var waivesDeductible: Bool
  /// Replaces the plan's coinsurance; zero when the copay is all that the member owes.
  package var coinsurance: BasisPoints?
  /// False denies the line as noncovered (CO-96, N130).
  package var isCovered: Bool
  package var limit: BenefitLimit?
  /// Whether this is care whose provider the member could not choose. It is always shared as in-network care, and no
  /// balance is billed (42 USC 300gg-111, 300gg-131: emergency services).
  package var isProtectedFromBalanceBilling: Bool

  package init(
    id: String, applies: ServiceMatch, copay: Money = .zero, copayPer: CopayPer? = nil, waivesDeductible: Bool = false,
    coinsurance: BasisPoints? = nil, isCovered: Bool = true,
    limit: BenefitLimit? = nil, isProtectedFromBalanceBilling: Bool = false
  ) {
    self.id = id
    self.applies = applies
    self.copay = copay
    self.copayPer = copayPer
    self.waivesDeductible = waivesDeductible
    self.coinsurance = coinsurance
    self.isCovered = isCovered
    self.limit = limit
    self.isProtectedFromBalanceBilling = isProtectedFromBalanceBilling
  }

  enum CodingKeys: String, CodingKey {
    case id, applies, copay, coinsurance, limit
    case copayPer = "copay_per"
    case waivesDeductible = "waives_deductible"
    case isCovered = "covered"
    case isProtectedFromBalanceBilling = "protected_from_balance_billing"
  }
}

/// The most that a benefit provides to one member in a plan year. The excess is denied, or cut, as PR-119.
package struct BenefitLimit: Hashable, Sendable, Codable {
  /// The number of visits.
  package var visits: Int?
  /// The amount that the plan pays.
  package var amount: Money?

  package init(visits: Int? = nil, amount: Money? = nil) {
    self.visits = visits
    self.amount = amount
  }
}

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
