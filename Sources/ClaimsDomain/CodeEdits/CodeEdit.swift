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
}
