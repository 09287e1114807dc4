/// What the MPFS says of a line.
package enum PhysicianFee: Hashable, Sendable {
  /// For one unit, with the row it came from: the payment rules go by its indicators.
  case priced(Money, PhysicianFeeEntry)
  /// Not in the file, or not priced by RVUs for Medicare: another schedule may price it.
  case notListed
  /// Status C or J, a row of no RVUs, or modifier 53 without a row of its own: a price has to come from elsewhere, or
  /// from a person.
  case pricedElsewhere(ProcedureStatus)
  /// Not paid, and why.
  case denied(Denial)
}
