/// The Medicare Physician Fee Schedule for a range of days, made of the rows of an RVU file. GPCIs are applied when a
/// fee is computed.
package struct PhysicianFeeSchedule: Hashable, Sendable {
  package let name: String
  package let entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry]

  /// Modifiers with their own rows in the RVU file: a component of a service, or a discontinued service.
  private static let pricingModifiers = ["26", "TC", "53"]

  package init(name: String, entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry]) {
    self.name = name
    self.entries = entries
  }

  /// The row that prices a line; nil when the code is not in the file.
  package func entry(for procedure: ProcedureCode) -> PhysicianFeeEntry? {
    if let modifier = Self.pricingModifiers.first(where: procedure.modifiers.contains),
      let component = entries[PhysicianFeeEntry.Key(code: procedure.code, modifier: modifier)]
    {
      return component
    }
    return entries[PhysicianFeeEntry.Key(code: procedure.code)]
  }

  /// The fee for one unit of a line, given its place of service and locality.
  ///
  /// - Parameter factor: A factor that replaces the file's own.
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  package func fee(
    for line: ServiceLine, at index: GeographicPracticeCostIndex, factor: ConversionFactor? = nil
  ) throws(MoneyError) -> PhysicianFee {
    guard let procedure = line.procedure, let entry = entry(for: procedure) else { return .notListed }
    if let denial = denial(of: procedure, by: entry) { return .denied(denial) }
    switch entry.status {
    case .bundled, .bundledOrExcluded:
      return .denied(
        Denial(
          by: .mpfsBundled, RuleInput("code", procedure.code),
          RuleInput("status", entry.status.rawValue)))
    case .nonCovered, .excludedByStatute, .excludedByRegulation, .notValid, .measurement:
      return .notListed
    default: break
    }
    guard entry.status.isPaidByRelativeValue else { return .pricedElsewhere(entry.status) }
    // For a discontinued service (53) without its own row, only a report says how much was done.
    let isBrokenOff = entry.key.modifier == nil && procedure.modifiers.contains("53")
    guard !isBrokenOff else { return .pricedElsewhere(entry.status) }
    let amount = try entry.fee(
      in: PracticeSetting(placeOfService: line.placeOfService), at: index, factor: factor)
    // The contractor prices a restricted code without RVUs (RVU file layout, status R).
    return amount == .zero ? .pricedElsewhere(entry.status) : .priced(amount, entry)
  }

  /// CO-4 with N519, an invalid combination: 26 or TC on a code without that component (Claims Processing Manual,
  /// chapter 23, section 50.6, field PC/TC; RVU file layout, PCTC IND). For a professional-only or technical-only
  /// service, the row is the whole service, and a modifier that repeats the component is also invalid.
  private func denial(of procedure: ProcedureCode, by entry: PhysicianFeeEntry) -> Denial? {
    guard entry.key.modifier == nil, entry.status.isPaidByRelativeValue,
      let modifier = procedure.modifiers.first(where: { $0 == "26" || $0 == "TC" })
    else { return nil }
    return Denial(
      by: .mpfsComponent, RuleInput("code", procedure.code),
      RuleInput("modifier", modifier), RuleInput("PC/TC", entry.indicators.professionalTechnical))
  }
}
