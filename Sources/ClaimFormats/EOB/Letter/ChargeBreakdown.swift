import ClaimsDomain

/// How the charge of a line or of a whole claim is divided: billed = plan paid + Σ parts.
struct ChargeBreakdown {
  private(set) var billed = Money.zero
  private(set) var allowed = Money.zero
  private(set) var planPaid = Money.zero
  private(set) var yourShare = Money.zero
  private var parts: [ChargePart: Money] = [:]

  subscript(part: ChargePart) -> Money { parts[part] ?? .zero }

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
  init(of lines: [LineDecision]) throws(MoneyError) {
    for line in lines { try add(line) }
  }

  /// The rest of the charge, which neither the plan nor the member pays: written off by the provider, or decided
  /// elsewhere. The discount and other insurance are not part of it.
  ///
  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
  func unowed() throws(MoneyError) -> Money {
    let taken = try [planPaid, yourShare, self[.discount], self[.otherInsurance]].total()
    return try billed - taken
  }

  private mutating func add(_ line: LineDecision) throws(MoneyError) {
    billed = try billed + line.charge
    allowed = try allowed + line.allowed
    planPaid = try planPaid + line.paid
    yourShare = try yourShare + line.memberResponsibility
    for adjustment in line.adjustments {
      let part = ChargePart(adjustment, isDenied: line.isDenied)
      parts[part] = try self[part] + adjustment.amount
    }
  }
}

/// The part of the letter that counts an adjustment. Each adjustment belongs to exactly one part, so the parts and the
/// plan's payment add up to the billed amount.
enum ChargePart: Hashable, CaseIterable {
  case discount
  case deductible
  case copay
  case coinsurance
  case otherInsurance
  case notCovered

  /// Reason codes for reductions of the price itself, which the provider writes off: contract price (45), multiple
  /// procedures (59), sequestration (253).
  private static let priceReductions: Set<ReasonCode> = [.aboveAllowed, .concurrentProcedures, .sequestration]

  init(_ adjustment: Adjustment, isDenied: Bool) {
    guard !isDenied else {
      self = .notCovered
      return
    }
    switch (adjustment.group, ReasonCode(rawValue: adjustment.reason)) {
    case (.patientResponsibility, .deductible?): self = .deductible
    case (.patientResponsibility, .copay?): self = .copay
    case (.patientResponsibility, .coinsurance?): self = .coinsurance
    case (.other, .otherPayers?): self = .otherInsurance
    case (.contractual, let reason?) where Self.priceReductions.contains(reason): self = .discount
    // An unexpected adjustment is never shown as a discount.
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
