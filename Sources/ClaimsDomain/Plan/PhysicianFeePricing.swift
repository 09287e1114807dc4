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
