/// The three ways a member shares in the cost of covered care (45 CFR 156.20, "cost-sharing").
package enum CostShareKind: Sendable, CaseIterable {
  case deductible
  case copay
  case coinsurance

  /// CARC under group PR.
  package var reasonCode: String {
    switch self {
    case .deductible: "1"
    case .coinsurance: "2"
    case .copay: "3"
    }
  }
}
