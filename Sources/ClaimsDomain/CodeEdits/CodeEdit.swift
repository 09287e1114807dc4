/// The code checks that a plan can require, in the order in which they are performed.
package enum CodeEdit: String, Hashable, Sendable, Codable, CaseIterable {
  /// Diagnoses must be billable on the day.
  case diagnosis
  /// The place of service must be a known one.
  case placeOfService = "place-of-service"
  /// NCCI procedure-to-procedure edits.
  case procedureToProcedure = "ncci"
  /// NCCI add-on codes.
  case addOn = "add-on"
  /// NCCI medically unlikely edits.
  case medicallyUnlikely = "mue"

  /// Whether the edit considers all care of a `CareDay`, whichever claims billed it.
  package var looksAtCareDay: Bool {
    switch self {
    case .procedureToProcedure, .addOn, .medicallyUnlikely: true
    case .diagnosis, .placeOfService: false
    }
  }
}

/// The setting of a claim. NCCI publishes its pairs and units separately for practitioners and for outpatient hospital
/// services.
package enum CodeEditSetting: String, Hashable, Sendable, Codable, CaseIterable {
  case practitioner
  case outpatientHospital = "outpatient-hospital"

  /// Types of bill (first two digits) whose lines NCCI edits: outpatient services of hospitals, and therapy of skilled
  /// nursing facilities, home health agencies, CORFs, and rehabilitation providers (NCCI policy manual, introduction).
  private static let billTypes: Set<String> = ["12", "13", "14", "22", "23", "34", "74", "75"]

  /// Returns nil for an inpatient bill or any other bill that NCCI does not edit.
  init?(_ claim: SubmittedClaim) {
    switch claim.kind {
    case .professional: self = .practitioner
    case .institutional where Self.billTypes.contains(claim.facilityCode): self = .outpatientHospital
    case .institutional: return nil
    }
  }
}

/// The care that one provider gave one patient on one day, which NCCI edits consider together, however many claims
/// billed it (NCCI policy manual, introduction, and chapter I, section V; Claims Processing Manual, chapter 23, section
/// 20.9).
package struct CareDay: Hashable, Sendable {
  package let member: MemberID
  /// The treating provider, else the billing provider. On a facility's bill it is the facility, whichever of its staff
  /// treated.
  package let provider: String
  /// The setting whose pairs and units apply, so that a physician's care is never compared with a hospital's. Nil for
  /// bills that have none, such as inpatient bills, which are compared only with one another.
  package let setting: CodeEditSetting?
  package let day: CalendarDate

  /// Returns nil for a line without a procedure, because no edit applies to it.
  ///
  /// - Parameters:
  ///   - day: One of the line's days.
  ///   - member: The member, as for `ServiceSignature`.
  package init?(of line: ServiceLine, on day: CalendarDate, in claim: SubmittedClaim, member: MemberID) {
    guard line.procedure != nil else { return nil }
    self.member = member
    switch claim.kind {
    case .professional: provider = claim.treatingProvider(of: line).reference
    case .institutional: provider = claim.billingProvider.reference
    }
    setting = CodeEditSetting(claim)
    self.day = day
  }

  /// The day as text to be hashed. It never equals the text of a `ServiceSignature` or `NearSignature`. It contains the
  /// member's number: store and log only the hash, never this text.
  package var text: String {
    ServiceSignature.text(of: ["care-day/1", member.text, provider, setting?.rawValue ?? "", day.description])
  }
}
