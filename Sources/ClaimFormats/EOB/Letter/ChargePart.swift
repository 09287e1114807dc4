import ClaimsDomain

/// Where in the letter an adjustment is counted. Each goes to one part only, so the parts and what the plan paid add
/// up to what was billed.
enum ChargePart: Hashable, CaseIterable {
  case discount
  case deductible
  case copay
  case coinsurance
  case otherInsurance
  case notCovered

  /// Reductions of the price itself, which the provider writes off: contract price (45), multiple procedures (59),
  /// sequestration (253).
  private static let priceReductions: Set<String> = ["45", "59", "253"]

  init(_ adjustment: Adjustment, isDenied: Bool) {
    guard !isDenied else {
      self = .notCovered
      return
    }
    switch (adjustment.group, adjustment.reason) {
    case (.patientResponsibility, CostShareKind.deductible.reasonCode): self = .deductible
    case (.patientResponsibility, CostShareKind.copay.reasonCode): self = .copay
    case (.patientResponsibility, CostShareKind.coinsurance.reasonCode): self = .coinsurance
    case (.other, "23"): self = .otherInsurance
    case (.contractual, let reason) where Self.priceReductions.contains(reason): self = .discount
    // What nobody foresaw is at least never called a discount.
    default: self = .notCovered
    }
  }

  var title: String {
    switch self {
    case .discount: "Plan discount"
    case .deductible: "Deductible"
    case .copay: "Copay"
    case .coinsurance: "Coinsurance"
    case .otherInsurance: "Other insurance"
    case .notCovered: "Not covered"
    }
  }
}
