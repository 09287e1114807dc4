/// A line with its fee, before it is compared with the claim's other lines.
package struct FeePricedLine: Hashable, Sendable {
  package let number: Int
  package let code: String
  package let modifiers: Set<String>
  package let day: CalendarDate
  package let units: Units
  package let charge: Money
  /// The fee for one unit.
  package internal(set) var fee: Money
  package let indicators: PaymentPolicyIndicators
  /// The fee of the endoscopic base, if the row names one, from the same schedule, locality, and setting.
  package let endoscopicBaseFee: Money?

  /// Returns nil for a line without a procedure.
  package init?(
    _ line: ServiceLine, on day: CalendarDate, fee: Money, indicators: PaymentPolicyIndicators,
    endoscopicBaseFee: Money? = nil
  ) {
    guard let procedure = line.procedure else { return nil }
    number = line.number
    code = procedure.code
    modifiers = Set(procedure.modifiers)
    self.day = day
    units = line.units
    charge = line.charge
    self.fee = fee
    self.indicators = indicators
    self.endoscopicBaseFee = endoscopicBaseFee
  }
}

extension PhysicianFeeSchedule {
  /// Returns a line as input to the payment rules: with its fee, its indicators, and the fee of its endoscopic base.
  /// Returns nil when the schedule has no price for it; `fee(for:at:)` gives the reason.
  ///
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  package func feePricedLine(
    _ line: ServiceLine, on day: CalendarDate, at index: GeographicPracticeCostIndex, factor: ConversionFactor? = nil
  ) throws(MoneyError) -> FeePricedLine? {
    guard case .priced(let fee, let entry) = try fee(for: line, at: index, factor: factor) else { return nil }
    var baseFee: Money?
    if let base = entry.indicators.endoscopicBase, let row = entries[PhysicianFeeEntry.Key(code: base)] {
      baseFee = try row.fee(in: PracticeSetting(placeOfService: line.placeOfService), at: index, factor: factor)
    }
    return FeePricedLine(line, on: day, fee: fee, indicators: entry.indicators, endoscopicBaseFee: baseFee)
  }
}
