/// What a line used of a benefit that has a limit, or of a copay that claims share.
package struct BenefitUse: Hashable, Sendable, Codable {
  package var benefit: String
  /// One, or zero when another line of the visit counted it. Nil when visits are not limited.
  package var visits: Int?
  /// What the plan paid, or would have paid alone. Nil when amounts are not limited.
  package var paid: Money?
  /// Nil when each claim has its own copay, and when no copay was charged.
  package var copay: Copay?

  package struct Copay: Hashable, Sendable, Codable {
    package var bucket: AccumulatorScope.Bucket
    package var amount: Money

    package init(_ bucket: AccumulatorScope.Bucket, _ amount: Money) {
      self.bucket = bucket
      self.amount = amount
    }
  }

  package init(benefit: String, visits: Int? = nil, paid: Money? = nil) {
    self.benefit = benefit
    self.visits = visits
    self.paid = paid
  }

  func with(_ copay: Copay) -> BenefitUse {
    var use = self
    use.copay = copay
    return use
  }

  /// The nonzero amounts, each with the bucket that it counts toward.
  package var amounts: [(bucket: AccumulatorScope.Bucket, amount: Money)] {
    let visits = Money(cents: Int64(visits ?? 0) * AccumulatorScope.Bucket.visit.cents)
    let limited = [
      (AccumulatorScope.Bucket.visits(benefit: benefit), visits), (.paid(benefit: benefit), paid ?? .zero),
    ]
    return (limited + (copay.map { [($0.bucket, $0.amount)] } ?? [])).filter { $0.1 != .zero }
  }
}

/// What a line counts toward the year's totals when that is more than the member owes for it. After other payers, a
/// plan credits what it would have credited alone (NAIC Model Regulation 120, section 7, on the deductible; the maximum
/// follows the same rule, so that no deductible exceeds it).
package struct CostShareCredit: Hashable, Sendable, Codable {
  package var deductible: Money
  package var outOfPocket: Money

  package init(deductible: Money, outOfPocket: Money) {
    self.deductible = deductible
    self.outOfPocket = outOfPocket
  }

  enum CodingKeys: String, CodingKey {
    case deductible
    case outOfPocket = "out_of_pocket"
  }
}
