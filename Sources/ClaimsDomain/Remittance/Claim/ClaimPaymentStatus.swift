/// CLP02 as we write it. Predetermination (25) moves no money and is only read.
package enum ClaimPaymentStatus: String, Sendable, Codable, CaseIterable {
  case primary = "1"
  case secondary = "2"
  case tertiary = "3"
  /// Only where the patient or the coverage was not found; a claim of a known member that pays nothing has 1, 2 or 3
  /// (TR3 005010X221A1, CLP02).
  case denied = "4"
  case primaryForwarded = "19"
  case secondaryForwarded = "20"
  case tertiaryForwarded = "21"
  case reversal = "22"
  /// Not ours: sent on to the payer whose it is.
  case notOurClaimForwarded = "23"

  package var paysNothing: Bool { self == .denied || self == .notOurClaimForwarded }
}
