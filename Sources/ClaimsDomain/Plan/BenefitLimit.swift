/// The most a benefit gives one member in a plan year. What is over is denied, or cut, as PR-119.
package struct BenefitLimit: Hashable, Sendable, Codable {
  /// How many visits.
  package var visits: Int?
  /// How much the plan pays.
  package var amount: Money?

  package init(visits: Int? = nil, amount: Money? = nil) {
    self.visits = visits
    self.amount = amount
  }
}
