/// The checks of codes a plan may ask for, in the order in which they are made.
package enum CodeEdit: String, Hashable, Sendable, Codable, CaseIterable {
  /// Diagnoses are billable on the day.
  case diagnosis
  /// The place of service is one that is known.
  case placeOfService = "place-of-service"
  /// NCCI procedure-to-procedure edits.
  case procedureToProcedure = "ncci"
  /// NCCI add-on codes.
  case addOn = "add-on"
  /// NCCI medically unlikely edits.
  case medicallyUnlikely = "mue"

  /// Whether it looks at all care of a `CareDay`, on whichever claims that was billed.
  package var looksAtCareDay: Bool {
    switch self {
    case .procedureToProcedure, .addOn, .medicallyUnlikely: true
    case .diagnosis, .placeOfService: false
    }
  }
}

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

/// The care that one provider gave one patient on one day: what NCCI's edits look at together, on however many claims it
/// was billed (NCCI policy manual, introduction, and chapter I, section V; Claims Processing Manual, chapter 23, section
/// 20.9).
package struct CareDay: Hashable, Sendable {
  package let member: MemberID
  /// Who treated, else who billed; of a facility's bill the facility, whoever of its people treated.
  package let provider: String
  /// Whose pairs and units are looked at, so that a physician's care never meets that of a hospital. Nil for bills that
  /// have none, such as an inpatient's: these have only one another.
  package let setting: CodeEditSetting?
  package let day: CalendarDate

  /// Nil for a line without a procedure, which no edit is about.
  ///
  /// - Parameters:
  ///   - day: one of the line's.
  ///   - member: as for `ServiceSignature`.
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

  /// The day as bytes to be hashed; no text of it is one of a `ServiceSignature` or `NearSignature`. It holds the member's
  /// number: store and log the hash, never this.
  package var text: String {
    ServiceSignature.text(of: ["care-day/1", member.text, provider, setting?.rawValue ?? "", day.description])
  }
}
