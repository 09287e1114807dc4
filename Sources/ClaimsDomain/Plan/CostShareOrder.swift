/// deductible-first: the deductible, then the copay on what is left. copay-first: the other way round.
package enum CostShareOrder: String, Sendable, Codable, CaseIterable {
  case deductibleFirst = "deductible-first"
  case copayFirst = "copay-first"

  /// Each share is taken from what the one before it left; coinsurance is a share of the rest.
  package var shares: [CostShareKind] {
    switch self {
    case .deductibleFirst: [.deductible, .copay, .coinsurance]
    case .copayFirst: [.copay, .deductible, .coinsurance]
    }
  }
}
