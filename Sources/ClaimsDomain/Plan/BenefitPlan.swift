/// What a plan pays: versioned data, read from a plan file. Amounts are per plan year.
package struct BenefitPlan: Hashable, Sendable, Codable {
  package var id: PlanID
  package var name: String
  package var version: String
  package var deductible: FamilyLimit
  package var outOfPocketMaximum: FamilyLimit
  /// The member's share of what is left after deductible and copay.
  package var coinsurance: BasisPoints
  /// First rule that matches a line wins; a line that matches none has no copay and owes the deductible.
  package var benefits: [BenefitRule]
  /// Whether a copay is taken before or after the deductible on lines that owe both.
  package var costShareOrder: CostShareOrder
  /// Days after the last date of service within which a claim must arrive (CO-29 past it).
  package var timelyFilingDays: Int
  package var pricing: Pricing

  package init(
    id: PlanID, name: String, version: String, deductible: FamilyLimit, outOfPocketMaximum: FamilyLimit,
    coinsurance: BasisPoints, benefits: [BenefitRule], costShareOrder: CostShareOrder, timelyFilingDays: Int,
    pricing: Pricing
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.deductible = deductible
    self.outOfPocketMaximum = outOfPocketMaximum
    self.coinsurance = coinsurance
    self.benefits = benefits
    self.costShareOrder = costShareOrder
    self.timelyFilingDays = timelyFilingDays
    self.pricing = pricing
  }

  enum CodingKeys: String, CodingKey {
    case id, name, version, deductible, coinsurance, benefits, pricing
    case outOfPocketMaximum = "out_of_pocket_maximum"
    case costShareOrder = "cost_share_order"
    case timelyFilingDays = "timely_filing_days"
  }
}

/// A limit for each member and one for the family together.
package struct FamilyLimit: Hashable, Sendable, Codable {
  package var individual: Money
  package var family: Money
  /// Embedded: a member stops at `individual` even while the family has not met `family`.
  /// Aggregate: only `family` counts once the plan covers more than one.
  package var isEmbedded: Bool

  package init(individual: Money, family: Money, isEmbedded: Bool = true) {
    self.individual = individual
    self.family = family
    self.isEmbedded = isEmbedded
  }

  enum CodingKeys: String, CodingKey {
    case individual, family
    case isEmbedded = "embedded"
  }
}

/// deductible-first: the deductible, then the copay on what is left. copay-first: the other way round.
package enum CostShareOrder: String, Sendable, Codable, CaseIterable {
  case deductibleFirst = "deductible-first"
  case copayFirst = "copay-first"
}

/// How lines of one kind share their cost.
package struct BenefitRule: Hashable, Sendable, Codable {
  /// Names the rule in explanations: `office-visit`.
  package var id: String
  package var applies: ServiceMatch
  package var copay: Money
  package var waivesDeductible: Bool
  /// In place of the plan's; zero where the copay is all the member owes.
  package var coinsurance: BasisPoints?
  /// False denies the line as non-covered (CO-96, N130).
  package var isCovered: Bool

  package init(
    id: String, applies: ServiceMatch, copay: Money = .zero, waivesDeductible: Bool = false,
    coinsurance: BasisPoints? = nil, isCovered: Bool = true
  ) {
    self.id = id
    self.applies = applies
    self.copay = copay
    self.waivesDeductible = waivesDeductible
    self.coinsurance = coinsurance
    self.isCovered = isCovered
  }

  enum CodingKeys: String, CodingKey {
    case id, applies, copay, coinsurance
    case waivesDeductible = "waives_deductible"
    case isCovered = "covered"
  }
}

/// Which lines a benefit rule is for. An empty list matches all; each code may end in `*`.
package struct ServiceMatch: Hashable, Sendable, Codable {
  package var procedures: [String]
  package var revenueCodes: [String]
  package var placesOfService: [String]

  package init(procedures: [String] = [], revenueCodes: [String] = [], placesOfService: [String] = []) {
    self.procedures = procedures
    self.revenueCodes = revenueCodes
    self.placesOfService = placesOfService
  }

  package func matches(_ line: ServiceLine) -> Bool {
    Self.matches(line.procedure?.code, procedures) && Self.matches(line.revenueCode, revenueCodes)
      && Self.matches(line.placeOfService, placesOfService)
  }

  private static func matches(_ code: String?, _ patterns: [String]) -> Bool {
    guard !patterns.isEmpty else { return true }
    guard let code else { return false }
    return patterns.contains { pattern in
      pattern.hasSuffix("*") ? code.hasPrefix(pattern.dropLast()) : code == pattern
    }
  }

  enum CodingKeys: String, CodingKey {
    case procedures
    case revenueCodes = "revenue_codes"
    case placesOfService = "places_of_service"
  }
}

/// Where the allowed amount comes from: the fee schedule, else a percentage of the charge.
package struct Pricing: Hashable, Sendable, Codable {
  /// The name of a fee schedule; nil prices every line by percentage.
  package var feeSchedule: String?
  /// For codes the schedule does not list; nil denies them (CO-96, N448).
  package var otherwisePercentOfCharge: BasisPoints?

  package init(feeSchedule: String?, otherwisePercentOfCharge: BasisPoints?) {
    self.feeSchedule = feeSchedule
    self.otherwisePercentOfCharge = otherwisePercentOfCharge
  }

  enum CodingKeys: String, CodingKey {
    case feeSchedule = "fee_schedule"
    case otherwisePercentOfCharge = "otherwise_percent_of_charge"
  }
}
