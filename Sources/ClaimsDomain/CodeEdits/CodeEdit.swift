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
