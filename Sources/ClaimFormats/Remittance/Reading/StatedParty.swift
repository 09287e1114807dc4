package import ClaimsDomain

/// Loop 1000A or 1000B as stated.
package struct StatedParty: Hashable, Sendable {
  package var name: String?
  /// N103.
  package var qualifier: String?
  /// N104.
  package var identifier: String?
  package var addressLines: [String] = []
  package var city: String?
  package var state: String?
  package var postalCode: String?
  package var references: [RemittanceReference] = []
  /// The first PER of each function: CX, BL.
  package var contacts: [String: RemittanceContact] = [:]
  /// PER*IC.
  package var website: String?
}
