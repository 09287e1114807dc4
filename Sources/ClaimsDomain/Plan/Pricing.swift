/// Where the allowed amount comes from, tried in this order: a facility's contract, the plan's own fee schedule, the
/// physician fee schedule, a percentage of the charge.
package struct Pricing: Hashable, Sendable, Codable {
  /// The name of a fee schedule; nil where the plan has none of its own.
  package var feeSchedule: String?
  /// For codes no schedule lists; nil denies them (CO-96, N448).
  package var otherwisePercentOfCharge: BasisPoints?
  /// Nil where the plan does not price by RVUs.
  package var physicianFees: PhysicianFeePricing?
  /// The first that matches a line counts.
  package var contracts: [FacilityContract] = []
  /// Nil where minutes of anesthesia wait for a person.
  package var anesthesia: AnesthesiaPricing?
  /// Nil where modifiers do what they do everywhere.
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

/// Which modifiers change the price of a service, and what each makes of it. Any other informs, and keeps no line from its
/// price.
package struct PricingModifiers: Hashable, Sendable, Codable {
  package enum Effect: Hashable, Sendable, Codable {
    /// The service has a price of its own with it: a fee without it is that of something else.
    case ownFee
    /// A part of the fee, all of it where the modifier only informs.
    case rate(BasisPoints)
  }

  /// What the plan says of single modifiers; what it does not name is as everywhere.
  package var effects: [String: Effect]

  package static let standard = PricingModifiers(effects: [:])

  package init(effects: [String: Effect]) {
    self.effects = effects
  }

  /// Nil where the modifier informs.
  package subscript(modifier: String) -> Effect? {
    effects[modifier] ?? (Self.ownFees.contains(modifier) ? .ownFee : nil)
  }

  /// Medicare Claims Processing Manual: components (chapter 12, section 20.3); equipment that is new, used, rented or
  /// leased, and its maintenance (chapter 20, section 30.5); less than the whole service, and a service broken off (4,
  /// 20.6.4; 12, 40.2); the parts of a global package (12, 40.4); surgeons besides the first (12, 20.4.3 and 40.8);
  /// therapy by an assistant (5, 20.1); medical direction of anesthesia (12, 50); film, and scanners below the standard
  /// (13, 20.2).
  private static let ownFees: Set<String> = [
    "26", "TC", "NU", "UE", "RR", "LL", "MS", "52", "53", "73", "74", "54", "55", "56", "78", "62", "66", "80", "81",
    "82",
    "AS", "CQ", "CO", "AD", "QK", "QX", "QY", "FX", "FY", "CT",
  ]
}

/// Pricing by the Medicare Physician Fee Schedule: which locality's costs count, and what an RVU is worth.
package struct PhysicianFeePricing: Hashable, Sendable, Codable {
  package var locality: PricingLocality
  /// Dollars for one RVU, by year of service, in ten-thousandths; a year that is not here has that of the RVU file.
  package var conversionFactors: [Int: Int64]

  package init(locality: PricingLocality, conversionFactors: [Int: Int64] = [:]) {
    self.locality = locality
    self.conversionFactors = conversionFactors
  }

  func conversionFactor(on day: CalendarDate) -> ConversionFactor? {
    conversionFactors[day.year].map { ConversionFactor(scaled: $0) }
  }

  /// Nil where no table says it of the day.
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

/// Whose practice costs a fee is adjusted by. A plan names one: an 837 tells a ZIP code at most, and which locality it lies
/// in stands in no file that is imported.
package enum PricingLocality: Hashable, Sendable, Codable {
  /// Every index is 1: the national payment amount.
  case national
  case locality(contractor: String, number: String)
  /// By the locality county crosswalk.
  case county(state: String, name: String)
}
