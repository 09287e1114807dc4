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
