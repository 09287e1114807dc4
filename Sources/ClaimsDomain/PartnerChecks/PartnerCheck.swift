/// A check of a claim in itself that not every sender passes: how grave a failure is stands in the sender's profile.
package enum PartnerCheck: String, Hashable, Sendable, CaseIterable {
  /// The check digit of the NPI of the billing and the rendering provider.
  case npi = "npi_check_digit"
  /// Diagnoses have the form of ICD-10-CM. Whether there is such a code, and on that day, is decided by the table.
  case diagnosis = "diagnosis_form"
  /// Place of service, or the first two digits of the type of bill: two digits.
  case place = "place_form"
  /// Procedures have the form of HCPCS.
  case procedure = "procedure_form"

  package enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The claim is sent back; in test data it is a warning.
    case error
    /// It is told, and the claim goes on.
    case warning
    case off
  }
}
