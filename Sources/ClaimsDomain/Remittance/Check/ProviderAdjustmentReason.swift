/// PLB03-1 as we write it.
package enum ProviderAdjustmentReason: String, Sendable, Codable, CaseIterable {
  case penalty = "50"
  case interimPayment = "AP"
  case authorizedReturn = "72"
  case adjustment = "CS"
  /// A balance that is carried to or from another check.
  case forwardingBalance = "FB"
  case interestOwed = "L6"
  case internalRevenueWithholding = "IR"
  case levy = "LE"
  /// What was paid too much on earlier claims, taken back.
  case overpaymentRecovery = "WO"
}
