/// The sources of the allowed amount, tried in this order: a facility's contract, the plan's own fee schedule, the
/// physician fee schedule, a percentage of the charge.
package struct Pricing: Hashable, Sendable, Codable {
  /// The name of a fee schedule; nil when the plan has none of its own.
  package var feeSchedule: String?
  /// The rate for codes that no schedule lists; nil denies them (CO-96, N448).
  package var otherwisePercentOfCharge: BasisPoints?
  /// Nil when the plan does not price by RVUs.
  package var physicianFees: PhysicianFeePricing?
  /// The first contract that matches a line applies.
  package var contracts: [FacilityContract] = []
  /// Nil when minutes of anesthesia wait for a person.
  package var anesthesia: AnesthesiaPricing?
  /// Nil when modifiers have their standard effects.
  package var modifiers: PricingModifiers?

  var modifierTerms: PricingModifiers { modifiers ?? .standard }

  package init(
    feeSchedule: String?, otherwisePercentOfCharge: BasisPoints?, physicianFees: PhysicianFeePricing? = nil,
    contracts: [FacilityContract] = [], anesthesia: AnesthesiaPricing? = nil, modifiers: PricingModifiers? = nil
  ) {
    self.anesthesia = anesthesia
    self.modifiers = modifiers
    self.feeSchedule = feeSchedule
    self.otherwisePercentOfCharge = otherwisePercentOfCharge
    self.physicianFees = physicianFees
    self.contracts = contracts
  }

  enum CodingKeys: String, CodingKey {
    case anesthesia, contracts, modifiers
    case feeSchedule = "fee_schedule"
    case otherwisePercentOfCharge = "otherwise_percent_of_charge"
    case physicianFees = "physician_fee_schedule"
  }
}

/// The modifiers that change the price of a service, and their effects. Any other modifier is informational and does
/// not affect the price.
package struct PricingModifiers: Hashable, Sendable, Codable {
  package enum Effect: Hashable, Sendable, Codable {
    /// The service has its own price with the modifier; a fee without the modifier is for a different service.
    case ownFee
    /// The part of the fee that is paid; the whole fee when the modifier is only informational.
    case rate(BasisPoints)
  }

  /// The plan's own effects for individual modifiers; modifiers not listed have the standard effect.
  package var effects: [String: Effect]

  package static let standard = PricingModifiers(effects: [:])

  package init(effects: [String: Effect]) {
    self.effects = effects
  }

  /// The modifier's effect; nil when the modifier is informational.
  package subscript(modifier: String) -> Effect? {
    effects[modifier] ?? (Self.ownFees.contains(modifier) ? .ownFee : nil)
  }

  /// Medicare Claims Processing Manual: components (chapter 12, section 20.3); new, used, rented, or leased equipment,
  /// and its maintenance (chapter 20, section 30.5); less than the whole service, and a discontinued service (4,
  /// 20.6.4; 12, 40.2); the parts of a global package (12, 40.4); surgeons other than the first (12, 20.4.3 and 40.8);
  /// therapy by an assistant (5, 20.1); medical direction of anesthesia (12, 50); film, and scanners below the standard
  /// (13, 20.2).
  private static let ownFees: Set<String> = [
    "26", "TC", "NU", "UE", "RR", "LL", "MS", "52", "53", "73", "74", "54", "55", "56", "78", "62", "66", "80", "81",
    "82",
    "AS", "CQ", "CO", "AD", "QK", "QX", "QY", "FX", "FY", "CT",
  ]
}

/// Pricing by the Medicare Physician Fee Schedule: the locality whose costs apply, and the value of an RVU.
package struct PhysicianFeePricing: Hashable, Sendable, Codable {
  package var locality: PricingLocality
  /// Dollars per RVU, in ten-thousandths, by year of service; a year that is not listed uses the RVU file's factor.
  package var conversionFactors: [Int: Int64]

  package init(locality: PricingLocality, conversionFactors: [Int: Int64] = [:]) {
    self.locality = locality
    self.conversionFactors = conversionFactors
  }

  func conversionFactor(on day: CalendarDate) -> ConversionFactor? {
    conversionFactors[day.year].map { ConversionFactor(scaled: $0) }
  }

  /// The locality's index; nil when no table covers it on the day.
  func index(on day: CalendarDate, in tables: ReferenceTables) -> GeographicPracticeCostIndex? {
    let found: MedicareLocality? =
      switch locality {
      case .national: nil
      case .locality(let contractor, let number): MedicareLocality(contractor: contractor, number: number)
      case .county(let state, let county): tables.localities[day]?.locality(state: state, county: county)
      }
    if locality == .national { return .national }
    return found.flatMap { tables.practiceCosts[day]?[$0] }
  }
}

/// The locality whose practice costs adjust a fee. A plan names it, because an 837 gives at most a ZIP code, and no
/// imported file maps ZIP codes to localities.
package enum PricingLocality: Hashable, Sendable, Codable {
  /// Every index is 1, giving the national payment amount.
  case national
  case locality(contractor: String, number: String)
  /// The locality from the locality county crosswalk.
  case county(state: String, name: String)
}
