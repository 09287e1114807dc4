/// A row of the MPFS RVU file: one code, as the whole service, one component of it (modifier 26, TC), or discontinued
/// (53).
package struct PhysicianFeeEntry: Hashable, Sendable {
  package var key: Key
  package var status: ProcedureStatus
  package var work: RelativeValue
  package var nonFacilityExpense: RelativeValue
  package var facilityExpense: RelativeValue
  package var malpractice: RelativeValue
  /// NA: rarely or never performed in the setting. The file then gives the other setting's RVUs, which are used for
  /// payment.
  package var isNotApplicable: [PracticeSetting: Bool]
  package var indicators: PaymentPolicyIndicators
  package var conversionFactor: ConversionFactor

  /// The key that identifies a row.
  package struct Key: Hashable, Sendable {
    package var code: String
    /// 26, TC, or 53; nil for the whole service.
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

  /// Returns [(work RVU x work GPCI) + (PE RVU x PE GPCI) + (MP RVU x MP GPCI)] x CF, computed exactly until the last
  /// step and then rounded half up to the cent (42 CFR 414.20; Claims Processing Manual, chapter 12, section 20.1).
  ///
  /// - Parameter factor: A factor that replaces the file's own.
  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  package func fee(
    in setting: PracticeSetting, at index: GeographicPracticeCostIndex, factor: ConversionFactor? = nil
  ) throws(MoneyError) -> Money {
    // Each term is at most 10^6 x 10^7 in hundred-thousandths, so the sum cannot overflow 64 bits; the product with CF
    // can.
    let adjusted =
      work.scaled * index.work.scaled + expense(in: setting).scaled * index.practiceExpense.scaled
      + malpractice.scaled * index.malpractice.scaled
    let (product, overflow) = adjusted.multipliedReportingOverflow(by: (factor ?? conversionFactor).scaled)
    guard !overflow else { throw .overflow }
    // 2 + 3 + 4 decimals of a dollar are seven decimals of a cent.
    return Money(cents: Rounding.halfUp.quotient(of: product, by: 10_000_000))
  }
}

/// The MPFS result for a line.
package enum PhysicianFee: Hashable, Sendable {
  /// The fee for one unit, with the row it came from. The payment rules use the row's indicators.
  case priced(Money, PhysicianFeeEntry)
  /// The code is not in the file, or Medicare does not price it by RVUs; another schedule may price it.
  case notListed
  /// Status C or J, a row without RVUs, or modifier 53 without its own row: the price has to come from elsewhere, or
  /// from a person.
  case pricedElsewhere(ProcedureStatus)
  /// The line is not paid, with the reason.
  case denied(Denial)
}

/// Whether the practice expense is the physician's own or a facility's. Each has separate RVUs.
package enum PracticeSetting: String, Hashable, Sendable, CaseIterable {
  case facility
  case nonFacility = "non-facility"

  /// The places of service where the physician is paid at the facility rate; everywhere else uses the non-facility rate
  /// (Medicare Claims Processing Manual, chapter 12, section 20.4.2, and chapter 26, section 10.5). 02 is telehealth
  /// outside the patient's home, and 10 is telehealth in it.
  private static let facilities: Set<String> = [
    "02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61",
  ]

  package init(placeOfService: String) {
    self = Self.facilities.contains(placeOfService) ? .facility : .nonFacility
  }
}
