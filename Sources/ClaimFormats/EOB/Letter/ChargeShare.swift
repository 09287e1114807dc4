import ClaimsDomain

/// One stretch of the bar that shows who bears the charge. The stretches add up to what was billed.
struct ChargeShare {
  let label: String
  let detail: String
  let amount: String
  /// What the stretch is long by: cents.
  let weight: Int64
  let hasLength: Bool
  let kind: Kind

  /// Names the stretch's colour in the style sheet.
  enum Kind {
    case discount, otherInsurance, plan, unowed, you

    /// Three are always told, also when nothing is in them; the others only where there is something to tell.
    var isAlwaysTold: Bool {
      switch self {
      case .discount, .plan, .you: true
      case .otherInsurance, .unowed: false
      }
    }
  }

  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  static func all(of whole: ChargeBreakdown) throws(MoneyError) -> [ChargeShare] {
    let shares = [
      ChargeShare("Plan discount", "taken off the price", whole[.discount], kind: .discount),
      ChargeShare("Other insurance", "taken care of by another plan", whole[.otherInsurance], kind: .otherInsurance),
      ChargeShare("Your plan paid", "to your provider", whole.planPaid, kind: .plan),
      ChargeShare("Not payable", "neither by the plan nor by you", try whole.unowed(), kind: .unowed),
      ChargeShare("You may owe", "to your provider", whole.yourShare, kind: .you),
    ]
    return shares.filter { $0.weight != 0 || $0.kind.isAlwaysTold }
  }

  private init(_ label: String, _ detail: String, _ amount: Money, kind: Kind) {
    self.label = label
    self.detail = detail
    self.amount = amount.dollars
    self.kind = kind
    weight = amount.cents
    hasLength = amount > .zero
  }
}
