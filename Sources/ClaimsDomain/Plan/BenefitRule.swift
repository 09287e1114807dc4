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
