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
