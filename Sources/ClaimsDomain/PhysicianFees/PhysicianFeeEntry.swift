/// A row of the MPFS RVU file: one code, whole or one component of it (modifier 26, TC) or broken off (53).
package struct PhysicianFeeEntry: Hashable, Sendable {
  package var key: Key
  package var status: ProcedureStatus
  package var work: RelativeValue
  package var nonFacilityExpense: RelativeValue
  package var facilityExpense: RelativeValue
  package var malpractice: RelativeValue
  /// NA: rarely or never performed there. The file still gives the RVUs of the other setting, and they are what is paid.
  package var isNotApplicable: [PracticeSetting: Bool]
  package var indicators: PaymentPolicyIndicators
  package var conversionFactor: ConversionFactor

  /// What a row is found by.
  package struct Key: Hashable, Sendable {
    package var code: String
    /// 26, TC or 53; nil for the whole service.
    package var modifier: String?

    package init(code: String, modifier: String? = nil) {
      self.code = code
      self.modifier = modifier
    }
  }

  package init(
    key: Key, status: ProcedureStatus, work: RelativeValue, nonFacilityExpense: RelativeValue,
    facilityExpense: RelativeValue, malpractice: RelativeValue, isNotApplicable: [PracticeSetting: Bool] = [:],
    indicators: PaymentPolicyIndicators = PaymentPolicyIndicators(), conversionFactor: ConversionFactor
  ) {
    self.key = key
    self.status = status
    self.work = work
    self.nonFacilityExpense = nonFacilityExpense
    self.facilityExpense = facilityExpense
    self.malpractice = malpractice
    self.isNotApplicable = isNotApplicable
    self.indicators = indicators
    self.conversionFactor = conversionFactor
  }

  package func expense(in setting: PracticeSetting) -> RelativeValue {
    setting == .facility ? facilityExpense : nonFacilityExpense
  }

  /// [(work RVU x work GPCI) + (PE RVU x PE GPCI) + (MP RVU x MP GPCI)] x CF, exact until the last step and then half up
  /// to the cent (42 CFR 414.20; Claims Processing Manual, chapter 12, section 20.1).
  ///
  /// - Parameter factor: In place of the file's own.
  /// - Throws: `MoneyError.overflow` when the product leaves 64 bits.
  package func fee(
    in setting: PracticeSetting, at index: GeographicPracticeCostIndex, factor: ConversionFactor? = nil
  ) throws(MoneyError) -> Money {
    // Each term is at most 10^6 x 10^7 in hundred-thousandths, so the sum cannot leave 64 bits; the product with CF can.
    let adjusted =
      work.scaled * index.work.scaled + expense(in: setting).scaled * index.practiceExpense.scaled
      + malpractice.scaled * index.malpractice.scaled
    let (product, overflow) = adjusted.multipliedReportingOverflow(by: (factor ?? conversionFactor).scaled)
    guard !overflow else { throw .overflow }
    // 2 + 3 + 4 decimals of a dollar are seven of a cent.
    return Money(cents: Rounding.halfUp.quotient(of: product, by: 10_000_000))
  }
}
