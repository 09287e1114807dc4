package import ClaimsDomain

/// STC01: the status of a claim in X12's code lists (507 categories, 508 statuses, and the entity concerned).
package struct ClaimStatusCode: Hashable, Sendable {
  /// `A2` accepted; `A3` returned as unprocessable; `A6` missing information; `A7` invalid information; `A8`
  /// contradictory information.
  package var category: Category
  package var status: String
  /// `PR` payer, `IL` insured, `QC` patient, `85` billing provider.
  package var entity: String?

  package enum Category: String, Hashable, Sendable, CaseIterable {
    case received = "A1"
    case accepted = "A2"
    case unprocessable = "A3"
    case missing = "A6"
    case invalid = "A7"
    case contradictory = "A8"

    package var isAcceptance: Bool { self == .received || self == .accepted }
  }

  package init(_ category: Category, _ status: String, entity: String? = nil) {
    self.category = category
    self.status = status
    self.entity = entity
  }

  /// Accepted into adjudication.
  package static let accepted = ClaimStatusCode(.accepted, "20")
  package static let received = ClaimStatusCode(.received, "19", entity: "PR")
}

extension ClaimStatusCode {
  /// Translates a rejection into X12's codes by the element it names. A rejection without a known element says only
  /// that the claim's format is not valid (481).
  package init(_ rejection: ClaimRejection) {
    let place = rejection.location.element ?? ""
    if place == "CLM02" {
      // The claim's charge is missing, or does not equal the sum of its lines.
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
