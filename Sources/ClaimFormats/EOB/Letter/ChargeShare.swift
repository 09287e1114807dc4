import ClaimsDomain

/// One segment of the bar that shows who bears the charge. The segments add up to the billed amount.
struct ChargeShare {
  let label: String
  let detail: String
  let amount: String
  /// The segment's relative length, in cents.
  let weight: Int64
  let hasLength: Bool
  let kind: Kind

  /// The kind of a segment, which names its color in the style sheet.
  enum Kind {
    case discount, otherInsurance, plan, unowed, you

    /// Whether the segment is shown even when it is empty. The other segments are shown only when they have an amount.
    var isAlwaysTold: Bool {
      switch self {
      case .discount, .plan, .you: true
      case .otherInsurance, .unowed: false
      }
    }
  }

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
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
