package import ClaimsDomain

extension ClaimStatusCode {
  /// What a rejection is in X12's codes, told by the element it names. Without one it says only that the claim's format
  /// is not valid (481).
  package init(_ rejection: ClaimRejection) {
    let place = rejection.location.element ?? ""
    if place == "CLM02" {
      // The claim's charge and its lines' disagree, or there is none.
      self.init(.contradictory, "178")
    } else if let known = Self.known.first(where: { place.hasPrefix($0.place) }) {
      self.init(.invalid, known.status, entity: known.entity)
    } else {
      self.init(.unprocessable, "481")
    }
  }

  private static let known: [(place: String, status: String, entity: String?)] = [
    ("CLM01", "478", nil), ("CLM05", "249", nil), ("SV102", "178", nil), ("SV203", "178", nil), ("SV104", "476", nil),
    ("SV205", "476", nil), ("SV101", "454", nil), ("SV202", "454", nil), ("DTP", "187", nil), ("HI", "255", nil),
    ("DMG", "158", "QC"), ("NM109", "164", "IL"), ("SV105", "249", nil),
    ("NM1*85", "562", "85"), ("NM1*82", "562", "82"),
  ]
}
