/// NCCI publishes its pairs and units once for practitioners and once for outpatient hospital services.
package enum CodeEditSetting: String, Hashable, Sendable, Codable, CaseIterable {
  case practitioner
  case outpatientHospital = "outpatient-hospital"

  /// Types of bill (first two digits) whose lines NCCI looks at: outpatient services of hospitals, and therapy of skilled
  /// nursing facilities, home health agencies, CORFs and rehabilitation providers (NCCI policy manual, introduction).
  private static let billTypes: Set<String> = ["12", "13", "14", "22", "23", "34", "74", "75"]

  /// Nil for an inpatient bill and the like, of which NCCI says nothing.
  init?(_ claim: SubmittedClaim) {
    switch claim.kind {
    case .professional: self = .practitioner
    case .institutional where Self.billTypes.contains(claim.facilityCode): self = .outpatientHospital
    case .institutional: return nil
    }
  }
}
