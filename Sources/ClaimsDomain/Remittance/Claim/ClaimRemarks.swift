/// Remark codes (RARC) of a claim as a whole: MOA, or MIA for an inpatient stay. Five fit.
package enum ClaimRemarks: Hashable, Sendable {
  /// MOA03 to MOA07.
  case outpatient([String])
  /// MIA01 is the days covered; MIA05 and MIA20 to MIA23 are the remarks.
  case inpatient(coveredDays: Int, [String])

  package static let limit = 5

  package var codes: [String] {
    switch self {
    case .outpatient(let codes), .inpatient(_, let codes): codes
    }
  }
}
