/// What a plan pays for care by a provider its network has no contract with. The plan's exclusions and limits hold
/// there too; its copays, waivers and rates are for network care only.
package struct OutOfNetworkTerms: Hashable, Sendable, Codable {
  /// The provider network: whoever is not in it on the day is out of it.
  package var network: String
  package var deductible: FamilyLimit
  package var outOfPocketMaximum: FamilyLimit
  package var coinsurance: BasisPoints
  /// The maximum allowed amount. The provider has agreed to none, so what is charged above it is the member's (balance
  /// billing).
  package var pricing: Pricing

  package init(
    network: String, deductible: FamilyLimit, outOfPocketMaximum: FamilyLimit, coinsurance: BasisPoints,
    pricing: Pricing
  ) {
    self.network = network
    self.deductible = deductible
    self.outOfPocketMaximum = outOfPocketMaximum
    self.coinsurance = coinsurance
    self.pricing = pricing
  }

  enum CodingKeys: String, CodingKey {
    case network, deductible, coinsurance, pricing
    case outOfPocketMaximum = "out_of_pocket_maximum"
  }
}
