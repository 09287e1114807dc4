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
