package import ClaimStore
package import ClaimsApp
import ClaimsDomain

/// An act on many claims: which act, with what it needs, and the conditions that the claims meet.
package struct BulkDocument: RequestDocument {
  let act: String
  let reason: String?
  let confirm: String?
  let code: String?
  let remark: String?
  let cause: String?
  let waive: [String]?
  let conditions: SearchDocument

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case act, reason, confirm, code, remark, cause, waive
    case status, provider, procedure, run
    case memberID = "member_id"
    case payerID = "payer_id"
    case claimNumber = "claim_number"
    case receivedFrom = "received_from"
    case receivedThrough = "received_through"
    case serviceFrom = "service_from"
    case serviceThrough = "service_through"
    case chargeMin = "charge_min"
    case chargeMax = "charge_max"
    case reasonCode = "reason_code"
  }

  /// Makes the document from the fields of a form, by the names of the document's members.
  package init(_ value: (CodingKeys) -> String?) {
    (act, reason, confirm) = (value(.act) ?? "", value(.reason), value(.confirm))
    (code, remark, cause, waive) = (value(.code), value(.remark), value(.cause), nil)
    conditions = SearchDocument { CodingKeys(rawValue: $0.rawValue).flatMap(value) }
  }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    act = try members.decode(String.self, forKey: .act)
    reason = try members.decodeIfPresent(String.self, forKey: .reason)
    confirm = try members.decodeIfPresent(String.self, forKey: .confirm)
    code = try members.decodeIfPresent(String.self, forKey: .code)
    remark = try members.decodeIfPresent(String.self, forKey: .remark)
    cause = try members.decodeIfPresent(String.self, forKey: .cause)
    waive = try members.decodeIfPresent([String].self, forKey: .waive)
    conditions = try SearchDocument(from: decoder)
  }

  /// - Throws: `APIProblem.malformed`.
  package func filter() throws(APIProblem) -> ClaimFilter { try conditions.filter() }

  /// - Throws: `APIProblem.malformed` for an act that is unknown, or that was given what belongs to another.
  package func bulkAct() throws(APIProblem) -> BulkAct {
    let (isDenial, isAdjustment) = (code != nil || remark != nil, cause != nil || waive != nil)
    switch act {
    case "release" where !isDenial && !isAdjustment: return .release
    case "deny" where !isAdjustment:
      let denial = DenyDocument(reason: reason ?? "", code: code ?? "", remark: remark)
      return .deny(try denial.denial())
    case "adjust" where !isDenial:
      let adjustment = AdjustDocument(reason: reason ?? "", cause: cause ?? "", waive: waive)
      return .adjust(try adjustment.revisionCause(), waiving: try adjustment.waivers())
    case "release", "deny", "adjust":
      throw .malformed("code and remark go with deny; cause and waive go with adjust")
    default: throw .malformed("act must be release, deny or adjust")
    }
  }
}
