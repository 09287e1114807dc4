/// Why a claim could not be taken in, and where in what was sent. The reason carries no member data, so it may be
/// logged and sent back.
package struct ClaimRejection: Error, Hashable, Sendable, Codable {
  /// Nil when the claim broke before its number could be read.
  package var claimNumber: ClaimNumber?
  package var payerID: PayerID?
  package var charge: Money?
  package var location: SourceLocation
  package var reason: String

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

/// A place in a file: which segment (X12, counted from 1 through the whole file) or line (JSON), and which element of it.
package struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
  package var unit: Unit
  package var number: Int
  /// `CLM02`, `SV101-2`, or a JSON path such as `lines[0].charge`.
  package var element: String?

  package enum Unit: String, Sendable, Codable { case segment, line, record }

  package init(_ unit: Unit, _ number: Int, element: String? = nil) {
    self.unit = unit
    self.number = number
    self.element = element
  }

  package var description: String { "\(unit.rawValue) \(number)" + (element.map { ", \($0)" } ?? "") }
}
