/// What a line used of a benefit that has a limit.
package struct BenefitUse: Hashable, Sendable, Codable {
  package var benefit: String
  /// One, or none where another line of the visit counted it. Nil where visits are not limited.
  package var visits: Int?
  /// What the plan paid, or would have paid alone. Nil where amounts are not limited.
  package var paid: Money?

  package init(benefit: String, visits: Int? = nil, paid: Money? = nil) {
    self.benefit = benefit
    self.visits = visits
    self.paid = paid
  }

  /// By the bucket it counts to; only what is not zero.
  package var amounts: [(bucket: AccumulatorScope.Bucket, amount: Money)] {
    let visits = Money(cents: Int64(visits ?? 0) * AccumulatorScope.Bucket.visit.cents)
    return [(.visits(benefit: benefit), visits), (.paid(benefit: benefit), paid ?? .zero)].filter { $0.1 != .zero }
  }
}
