/// Who is under contract, and when: versioned data, read from a provider file.
package struct ProviderNetwork: Hashable, Sendable {
  package let name: String
  private let contracts: [String: [DateRange]]

  /// - Parameter contracts: The days of each contract, by NPI.
  package init(name: String, contracts: [String: [DateRange]]) {
    self.name = name
    self.contracts = contracts
  }

  /// A contract is with the one who treats or with the group that bills, so either is enough.
  package func status(of line: ServiceLine, in claim: SubmittedClaim, on day: CalendarDate) -> NetworkStatus {
    let providers = [claim.treatingProvider(of: line).npi, claim.billingProvider.npi].compactMap(\.self)
    let isContracted = providers.contains { npi in contracts[npi]?.contains { $0.contains(day) } ?? false }
    return isContracted ? .inNetwork : .outOfNetwork
  }
}

/// Whether who gave the care has a contract with the plan's network on the day.
package enum NetworkStatus: String, Sendable, Codable, CaseIterable {
  case inNetwork = "in-network"
  case outOfNetwork = "out-of-network"
}

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
