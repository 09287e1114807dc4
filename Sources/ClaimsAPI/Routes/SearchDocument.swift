package import ClaimStore
import ClaimsDomain

/// What to look for: all conditions that are present.
package struct SearchDocument: RequestDocument {
  let status: String?
  let memberID: String?
  let payerID: String?
  let provider: String?
  let claimNumber: String?
  let receivedFrom: String?
  let receivedThrough: String?
  let serviceFrom: String?
  let serviceThrough: String?
  let chargeMin: String?
  let chargeMax: String?
  let procedure: String?
  let reasonCode: String?
  let run: Int?
  let after: String?
  let limit: Int?

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case status, provider, procedure, run, after, limit
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

  /// Looks for what the fields of a form say, by the names of the document's members.
  package init(_ value: (CodingKeys) -> String?) {
    (status, memberID, payerID, provider) = (value(.status), value(.memberID), value(.payerID), value(.provider))
    claimNumber = value(.claimNumber)
    (receivedFrom, receivedThrough) = (value(.receivedFrom), value(.receivedThrough))
    (serviceFrom, serviceThrough) = (value(.serviceFrom), value(.serviceThrough))
    (chargeMin, chargeMax) = (value(.chargeMin), value(.chargeMax))
    (procedure, reasonCode, after, limit) = (value(.procedure), value(.reasonCode), value(.after), nil)
    run = value(.run).map { Int($0) ?? 0 }
  }

  /// - Throws: `APIProblem.malformed`.
  package func filter() throws(APIProblem) -> ClaimFilter {
    var filter = ClaimFilter(
      claimNumber: claimNumber.map { ClaimNumber($0) }, memberID: memberID.map { MemberID($0) },
      payerID: payerID.map { PayerID($0) }, provider: provider.map { ProviderReference($0) })
    if let status {
      guard let known = ClaimStatus(rawValue: status) else {
        throw .malformed("status must be \(ClaimStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      filter.status = known
    }
    filter.receivedFrom = try receivedFrom?.day("received_from")
    filter.receivedThrough = try receivedThrough?.day("received_through")
    filter.serviceFrom = try serviceFrom?.day("service_from")
    filter.serviceThrough = try serviceThrough?.day("service_through")
    filter.chargeAtLeast = try chargeMin?.amount("charge_min")
    filter.chargeAtMost = try chargeMax?.amount("charge_max")
    filter.procedure = try procedure?.mark(.procedure, "procedure")
    filter.reason = try reasonCode?.mark(.reason, "reason_code")
    if let run {
      guard run > 0 else { throw .malformed("run must be the number of a check run, from 1") }
      filter.run = ClaimMark(run: run)
    }
    return filter
  }

  /// - Throws: `APIProblem.malformed`.
  package func cursor() throws(APIProblem) -> ClaimCursor? {
    guard let after else { return nil }
    do {
      return try ClaimCursor(parsing: after)
    } catch {
      throw .malformed("after must be the next of the page before")
    }
  }

  /// - Throws: `APIProblem.malformed`.
  func pageSize() throws(APIProblem) -> Int { try Self.pageSize(limit) }

  /// Returns the number of claims of a page for which this limit is given.
  ///
  /// - Throws: `APIProblem.malformed`.
  static func pageSize(_ limit: Int?) throws(APIProblem) -> Int {
    let limit = limit ?? 50
    guard (1...500).contains(limit) else { throw .malformed("limit must be a number from 1 to 500") }
    return limit
  }
}

extension String {
  /// - Throws: `APIProblem.malformed` unless the text is a day.
  fileprivate func day(_ member: String) throws(APIProblem) -> CalendarDate {
    guard let day = CalendarDate(parsing: self) else { throw .malformed("\(member) must be a day, YYYY-MM-DD") }
    return day
  }

  /// - Throws: `APIProblem.malformed` unless claims are found by the text.
  fileprivate func mark(_ kind: ClaimMark.Kind, _ member: String) throws(APIProblem) -> ClaimMark {
    do {
      return try ClaimMark(kind, named: self)
    } catch {
      throw .malformed("\(member): \(error)")
    }
  }
}
