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
