/// How lines of one kind share their cost.
package struct BenefitRule: Hashable, Sendable, Codable {
  /// Names the rule in explanations: `office-visit`.
  package var id: String
  package var applies: ServiceMatch
  package var copay: Money
  /// Which claims share a copay; nil where each has its own.
  package var copayPer: CopayPer?

  package enum CopayPer: String, Hashable, Sendable, Codable {
    case providerAndDay = "provider-and-day"
  }
  package var waivesDeductible: Bool
  /// In place of the plan's; zero where the copay is all the member owes.
  package var coinsurance: BasisPoints?
  /// False denies the line as non-covered (CO-96, N130).
  package var isCovered: Bool
  package var limit: BenefitLimit?
  /// Care the member could not choose the provider of: whoever gives it, it is shared as network care, and no balance
  /// is billed (42 USC 300gg-111, 300gg-131: emergency services).
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

/// The most a benefit gives one member in a plan year. What is over is denied, or cut, as PR-119.
package struct BenefitLimit: Hashable, Sendable, Codable {
  /// How many visits.
  package var visits: Int?
  /// How much the plan pays.
  package var amount: Money?

  package init(visits: Int? = nil, amount: Money? = nil) {
    self.visits = visits
    self.amount = amount
  }
}

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

/// A code, or all codes that begin alike: `G0463`, `J*`.
package struct CodePattern: Hashable, Sendable, Codable, CustomStringConvertible {
  /// As the plan file has it.
  package let description: String
  private let stem: [UInt8]
  private let isPrefix: Bool

  package init(_ text: String) {
    description = text
    isPrefix = text.hasSuffix("*")
    stem = Array(isPrefix ? text.dropLast().utf8 : text.utf8[...])
  }

  /// By bytes: codes are ASCII, and every line of every claim comes by here.
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
