package import ClaimsDomain

/// A claim was taken in.
package struct IntakeResponse: Hashable, Sendable, Codable {
  package var claimIntakeID: ClaimIntakeID
  package var receivedOn: CalendarDate
  /// Fixed here: the claim is decided by these rules whenever that happens.
  package var ruleset: RulesetID

  enum CodingKeys: String, CodingKey {
    case ruleset
    case claimIntakeID = "claim_intake_id"
    case receivedOn = "received_on"
  }
}
