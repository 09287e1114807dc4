import ClaimsDomain

/// The published tables a ruleset can hold. The raw value begins the name of an edition.
package enum TableKind: String, Sendable, CaseIterable {
  case relativeValues = "mpfs"
  case practiceCosts = "gpci"
  case localities
  case baseUnits = "anesthesia-base-units"
  case practitionerPairs = "ncci-ptp-practitioner"
  case hospitalPairs = "ncci-ptp-outpatient-hospital"
  case practitionerUnits = "mue-practitioner"
  case hospitalUnits = "mue-outpatient-hospital"
  case addOns = "add-on"
  case diagnoses = "icd-10-cm"
  case placesOfService = "place-of-service"
  case reasonCodes = "carc"
  case remarkCodes = "rarc"

  /// For people.
  package var title: String {
    switch self {
    case .relativeValues: "physician fee schedule, relative values"
    case .practiceCosts: "geographic practice cost indices"
    case .localities: "localities and their counties"
    case .baseUnits: "anesthesia base units"
    case .practitionerPairs: "NCCI pairs, practitioners"
    case .hospitalPairs: "NCCI pairs, outpatient hospital"
    case .practitionerUnits: "medically unlikely edits, practitioners"
    case .hospitalUnits: "medically unlikely edits, outpatient hospital"
    case .addOns: "NCCI add-on codes"
    case .diagnoses: "ICD-10-CM codes that are billable"
    case .placesOfService: "places of service"
    case .reasonCodes: "claim adjustment reason codes"
    case .remarkCodes: "remittance advice remark codes"
    }
  }

  static func pairs(_ setting: CodeEditSetting) -> TableKind {
    setting == .practitioner ? .practitionerPairs : .hospitalPairs
  }

  static func units(_ setting: CodeEditSetting) -> TableKind {
    setting == .practitioner ? .practitionerUnits : .hospitalUnits
  }
}
