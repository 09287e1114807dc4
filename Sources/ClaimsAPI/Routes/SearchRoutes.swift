import ClaimFormats
package import ClaimStore
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// Finds claims. What to look for is in the body, since a member's number belongs in no path and in no log.
struct SearchRoutes {
  let app: ClaimsApp

  /// The most bytes of a body. A search has a few hundred.
  private static let bodyLimit = 16 * 1024
  /// The most claims that are counted.
  private static let countLimit = 10_000

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("claims/search", use: search)
    group.post("claims/count", use: count)
  }

  @Sendable private func search(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try SearchDocument(body: try await request.bytes(upTo: Self.bodyLimit))
    let (filter, cursor, limit) = (try document.filter(), try document.cursor(), try document.pageSize())
    let page = try await app.store.read { try $0.claims(matching: filter, after: cursor, limit: limit) }
    return APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(page.rows) { FoundClaimJSON($1).write(to: &$0) }
        json.member("next", page.next?.text)
      }
    }.response()
  }

  @Sendable private func count(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try SearchDocument(body: try await request.bytes(upTo: Self.bodyLimit))
    guard document.after == nil, document.limit == nil else {
      throw APIProblem.malformed("a count has no after and no limit: it counts all that match")
    }
    let filter = try document.filter()
    let found = try await app.store.read { try $0.count(matching: filter, upTo: Self.countLimit + 1) }
    return APIAnswer.json { json in
      FoundClaimJSON.writeCount(
        min(found, Self.countLimit), isComplete: found <= Self.countLimit, to: &json)
    }.response()
  }
}

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
  let after: String?
  let limit: Int?

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case status, provider, after, limit
    case memberID = "member_id"
    case payerID = "payer_id"
    case claimNumber = "claim_number"
    case receivedFrom = "received_from"
    case receivedThrough = "received_through"
    case serviceFrom = "service_from"
    case serviceThrough = "service_through"
    case chargeMin = "charge_min"
    case chargeMax = "charge_max"
  }

  /// Looks for what the fields of a form say, by the names of the document's members.
  package init(_ value: (CodingKeys) -> String?) {
    (status, memberID, payerID, provider) = (value(.status), value(.memberID), value(.payerID), value(.provider))
    claimNumber = value(.claimNumber)
    (receivedFrom, receivedThrough) = (value(.receivedFrom), value(.receivedThrough))
    (serviceFrom, serviceThrough) = (value(.serviceFrom), value(.serviceThrough))
    (chargeMin, chargeMax, after, limit) = (value(.chargeMin), value(.chargeMax), value(.after), nil)
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
  func pageSize() throws(APIProblem) -> Int {
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
}
