/// Why a claim could not be accepted, and where the problem is in the submission. The reason carries no member data, so
/// it may be logged and sent back.
package struct ClaimRejection: Error, Hashable, Sendable, Codable {
  /// The claim number; nil when the claim failed before its number could be read.
  package var claimNumber: ClaimNumber?
  package var payerID: PayerID?
  package var charge: Money?
  package var location: SourceLocation
  package var reason: String
  /// What else is wrong with the claim, as far as its reader has found it.
  package var further: [Further] = []
  /// What could be read of the claim, for what its reader does not check; nil when that is nothing.
  package var partial: PartialClaim?

  /// Another reason that the claim cannot be taken in.
  package struct Further: Hashable, Sendable {
    package let location: SourceLocation
    package let reason: String

    package init(location: SourceLocation, reason: String) {
      (self.location, self.reason) = (location, reason)
    }
  }

  package init(
    claimNumber: ClaimNumber? = nil, payerID: PayerID? = nil, charge: Money? = nil, location: SourceLocation,
    reason: String
  ) {
    self.claimNumber = claimNumber
    self.payerID = payerID
    self.charge = charge
    self.location = location
    self.reason = reason
  }

  enum CodingKeys: String, CodingKey {
    case charge, location, reason
    case claimNumber = "claim_number"
    case payerID = "payer_id"
  }
}

extension String {
  /// The last reason in a list that is as long as it may be, at the place of the first one that is left out.
  package static let isCutShort = "more is wrong from here on; correct what is listed first"
}

/// A place in a file: a segment (X12, counted from 1 through the whole file), line (JSON), record, or page, and the element
/// within it.
package struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
  package var unit: Unit
  package var number: Int
  /// The element, such as `CLM02`, `SV101-2`, or a JSON path such as `lines[0].charge`.
  package var element: String?

  package enum Unit: String, Sendable, Codable { case segment, line, record, page }

  package init(_ unit: Unit, _ number: Int, element: String? = nil) {
    self.unit = unit
    self.number = number
    self.element = element
  }

  package var description: String { "\(unit.rawValue) \(number)" + (element.map { ", \($0)" } ?? "") }
}
