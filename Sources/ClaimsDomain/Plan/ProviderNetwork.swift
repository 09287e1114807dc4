/// The providers under contract and the days of their contracts: versioned data, read from a provider file.
package struct ProviderNetwork: Hashable, Sendable {
  package let name: String
  private let contracts: [String: [DateRange]]

  /// - Parameter contracts: The days of each contract, by NPI.
  package init(name: String, contracts: [String: [DateRange]]) {
    self.name = name
    self.contracts = contracts
  }

  /// The network status of a line. A contract is either with the treating provider or with the billing group, so either
  /// one is enough.
  package func status(of line: ServiceLine, in claim: SubmittedClaim, on day: CalendarDate) -> NetworkStatus {
    let providers = [claim.treatingProvider(of: line).npi, claim.billingProvider.npi].compactMap(\.self)
    let isContracted = providers.contains { npi in contracts[npi]?.contains { $0.contains(day) } ?? false }
    return isContracted ? .inNetwork : .outOfNetwork
  }
}

/// Whether the provider of the care has a contract with the plan's network on the day.
package enum NetworkStatus: String, Sendable, Codable, CaseIterable {
  case inNetwork = "in-network"
  case outOfNetwork = "out-of-network"
}

/// What a plan pays for care by a provider without a contract with its network. The plan's exclusions and limits also
/// apply there; its copays, waivers, and rates apply only to network care.
package struct OutOfNetworkTerms: Hashable, Sendable, Codable {
  /// The provider network; a provider who is not in it on the day is out of network.
  package var network: String
  package var deductible: FamilyLimit
  package var outOfPocketMaximum: FamilyLimit
  package var coinsurance: BasisPoints
  /// The maximum allowed amount. The provider has not agreed to one, so the member owes what is charged above it
  /// (balance billing).
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
