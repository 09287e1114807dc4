package import ClaimFormats
package import ClaimStore
import ClaimsDomain

/// A claim in a list as one JSON object on a line. Members that `ClaimFileJSON` has too have the same names there.
package struct FoundClaimJSON {
  private let claim: FoundClaim

  package init(_ claim: FoundClaim) {
    self.claim = claim
  }

  package var line: [UInt8] {
    var json = OrderedJSON()
    write(to: &json)
    return json.bytes + "\n".utf8
  }

  package func write(to json: inout OrderedJSON) {
    let row = claim.row
    json.object { json in
      json.member("claim_number", row.claimNumber)
      json.member("claim_intake_id", row.id)
      json.member("status", row.status.rawValue)
      json.member("payer_id", row.payerID)
      json.member("member_id", row.memberID)
      json.member("provider", claim.care.provider)
      json.member("takes_the_place_of", row.replaced)
      json.member("asks_to_replace", row.replaced == nil ? row.revises : nil)
      json.member("received_on", row.receivedOn.description)
      json.member("first_service", claim.care.days?.first.description)
      json.member("last_service", claim.care.days?.last.description)
      json.member("ruleset", row.ruleset)
      json.member("adjudication_id", row.adjudicationID)
      json.member("charge", row.charge)
      json.member("total_allowed", row.amounts?.allowed)
      json.member("member_responsibility", row.amounts?.memberResponsibility)
      json.member("plan_paid", row.amounts?.planPaid)
    }
  }

  /// The last line of a page, if there is a next one: `{"next":"…"}`.
  package static func next(_ cursor: ClaimCursor) -> [UInt8] {
    var json = OrderedJSON()
    json.object { $0.member("next", cursor.text) }
    return json.bytes + "\n".utf8
  }

  /// A count that stopped at a limit: `{"claims":10000,"is_complete":false}`.
  package static func count(_ count: Int, isComplete: Bool) -> [UInt8] {
    var json = OrderedJSON()
    writeCount(count, isComplete: isComplete, to: &json)
    return json.bytes + "\n".utf8
  }

  package static func writeCount(_ count: Int, isComplete: Bool, to json: inout OrderedJSON) {
    json.object { json in
      json.member("claims", count)
      json.member("is_complete", isComplete)
    }
  }
}
