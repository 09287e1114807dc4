extension PhysicianFeeSchedule {
  /// A line as the payment rules take it: with its fee, its indicators and the fee of its endoscopic base. Nil where the
  /// schedule has no price for it; `fee(for:at:)` says why.
  ///
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
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
