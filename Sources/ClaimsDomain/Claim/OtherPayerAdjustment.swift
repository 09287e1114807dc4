/// One reason of a CAS that another payer gave.
package struct OtherPayerAdjustment: Hashable, Sendable, Codable {
  /// CAS01, as it was sent.
  package var group: String
  package var reason: String
  package var amount: Money

  package init(group: String, reason: String, amount: Money) {
    self.group = group
    self.reason = reason
    self.amount = amount
  }

  var isPatientResponsibility: Bool { group == AdjustmentGroup.patientResponsibility.rawValue }
}
