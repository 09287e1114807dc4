/// What an institutional claim says of the days of a stay, beside its statement dates.
package struct FacilityStay: Hashable, Sendable, Codable {
  /// CL103, patient status: 30 is still a patient.
  package var patientStatus: String?
  /// Value code 80; QTY*CA in 4010.
  package var coveredDays: Int?
  /// Value code 81; QTY*NA in 4010.
  package var noncoveredDays: Int?
  /// Occurrence span codes 74, 76, 77 and 79: days that are not covered, or that the patient was away.
  package var hasNoncoveredSpan: Bool?
  /// Condition code 21: the provider bills to be denied.
  package var isForDenial: Bool?

  package init() {}

  enum CodingKeys: String, CodingKey {
    case patientStatus = "patient_status"
    case coveredDays = "covered_days"
    case noncoveredDays = "noncovered_days"
    case hasNoncoveredSpan = "noncovered_span"
    case isForDenial = "for_denial"
  }
}

extension SubmittedClaim {
  /// Types of bill of inpatients: hospital, swing bed, skilled nursing, religious nonmedical, intermediate care, residential.
  private static let inpatientBills: Set = ["11", "18", "21", "41", "65", "66", "86"]

  /// Whether it bills a stay.
  package var isInpatient: Bool { kind == .institutional && Self.inpatientBills.contains(facilityCode) }
}
