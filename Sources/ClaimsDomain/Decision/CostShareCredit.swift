/// What a line counts to the year's totals where that is more than the member owes of it: after other payers, a plan
/// credits what it would have credited alone (NAIC Model Regulation 120, section 7, on the deductible; the maximum is
/// held to the same, so that no deductible passes it).
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
