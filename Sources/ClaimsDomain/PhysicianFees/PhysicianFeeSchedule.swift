/// The Medicare Physician Fee Schedule of some days: rows of an RVU file, and the GPCIs they are multiplied by.
package struct PhysicianFeeSchedule: Hashable, Sendable {
  package let name: String
  package let entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry]

  /// Modifiers that have rows of their own in the RVU file: a component of a service, or a service broken off.
  private static let pricingModifiers = ["26", "TC", "53"]

  package init(name: String, entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry]) {
    self.name = name
    self.entries = entries
  }

  /// The row a line is priced by. Nil when the code is not in the file.
  package func entry(for procedure: ProcedureCode) -> PhysicianFeeEntry? {
    if let modifier = Self.pricingModifiers.first(where: procedure.modifiers.contains),
      let component = entries[PhysicianFeeEntry.Key(code: procedure.code, modifier: modifier)]
    {
      return component
    }
    return entries[PhysicianFeeEntry.Key(code: procedure.code)]
  }

  /// The fee of one unit of a line where its place of service and the locality put it.
  ///
  /// - Parameter factor: In place of the file's own.
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
  package func fee(
    for line: ServiceLine, at index: GeographicPracticeCostIndex, factor: ConversionFactor? = nil
  ) throws(MoneyError) -> PhysicianFee {
    guard let procedure = line.procedure, let entry = entry(for: procedure) else { return .notListed }
    if let denial = denial(of: procedure, by: entry) { return .denied(denial) }
    switch entry.status {
    case .bundled, .bundledOrExcluded:
      return .denied(
        Denial(
          .contractual, "97", by: .mpfsBundled, RuleInput("code", procedure.code),
          RuleInput("status", entry.status.rawValue)))
    case .nonCovered, .excludedByStatute, .excludedByRegulation, .notValid, .measurement:
      return .notListed
    default: break
    }
    guard entry.status.isPaidByRelativeValue else { return .pricedElsewhere(entry.status) }
    // Broken off (53) without a row for it: how much was done, the report says.
    let isBrokenOff = entry.key.modifier == nil && procedure.modifiers.contains("53")
    guard !isBrokenOff else { return .pricedElsewhere(entry.status) }
    let amount = try entry.fee(
      in: PracticeSetting(placeOfService: line.placeOfService), at: index, factor: factor)
    // A restricted code without RVUs is priced by the contractor (RVU file layout, status R).
    return amount == .zero ? .pricedElsewhere(entry.status) : .priced(amount, entry)
  }

  /// CO-4 with N519, an invalid combination: 26 or TC on a code that has no such component (Claims Processing Manual,
  /// chapter 23, section 50.6, field PC/TC; RVU file layout, PCTC IND). A service of professional component only, or of
  /// technical component only, is the whole row, and a modifier that repeats it is wrong there too.
  private func denial(of procedure: ProcedureCode, by entry: PhysicianFeeEntry) -> Denial? {
    guard entry.key.modifier == nil, entry.status.isPaidByRelativeValue,
      let modifier = procedure.modifiers.first(where: { $0 == "26" || $0 == "TC" })
    else { return nil }
    return Denial(
      .contractual, "4", remark: "N519", by: .mpfsComponent, RuleInput("code", procedure.code),
      RuleInput("modifier", modifier), RuleInput("PC/TC", entry.indicators.professionalTechnical))
  }
}
