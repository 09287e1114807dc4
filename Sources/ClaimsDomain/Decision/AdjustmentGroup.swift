/// CAS01.
package enum AdjustmentGroup: String, Sendable, Codable, CaseIterable {
  /// The provider's to write off.
  case contractual = "CO"
  /// The member's to pay.
  case patientResponsibility = "PR"
  case other = "OA"
  case payerInitiated = "PI"
}
