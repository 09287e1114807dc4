/// The reduction in what Medicare pays, after deductible and coinsurance and after any other payer. It does not affect
/// the patient's share (2 U.S.C. 901a, 906; Claims Processing Manual, chapter 1, section 70; CARC 253).
package struct Sequestration: Hashable, Sendable {
  package let rate: BasisPoints

  package init(rate: BasisPoints) {
    self.rate = rate
  }

  /// Selects the rate for a day of service: 2% from 2013-04-01, none from 2020-05-01 (CARES Act, section 3709), 1% from
  /// 2022-04-01, and 2% again from 2022-07-01 (Public Law 117-71). Returns nil for a day without sequestration.
  package init?(on day: CalendarDate) {
    switch (day.year, day.month) {
    case (...2012, _), (2013, ...3): return nil
    case (2020, 5...), (2021, _), (2022, ...3): return nil
    case (2022, 4...6): self.init(rate: BasisPoints(1_00))
    default: self.init(rate: BasisPoints(2_00))
    }
  }

  /// The CO-253 adjustment, rounded half up to the cent on each line; nil when it is zero.
  ///
  /// - Parameter payment: What would be paid for the line without sequestration.
  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  package func adjustment(of payment: Money) throws(MoneyError) -> Adjustment? {
    let amount = try rate.of(max(.zero, payment))
    guard amount != .zero else { return nil }
    let explanation = RuleExplanation(.sequestration, [RuleInput("rate", rate), RuleInput("of", payment)])
    return Adjustment(amount: amount, by: explanation)
  }
}
