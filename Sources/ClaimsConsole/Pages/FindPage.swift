import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// Finds claims. What to look for is sent as a form, since a member's number belongs in no address.
struct FindPage: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50
  private static let countLimit = 10_000

  struct View: PageView {
    static let template = "find"
    static let place = "/claims"
    let title = "Claims"
    var alert: String?
    var notice: String?
    let fields: [Field]
    let statuses: [Choice]
    let claims: [ShownClaim]
    let count: String
    let next: String?
  }

  struct Field: Sendable {
    let name: String
    let label: String
    let value: String
    let type: String
  }

  struct Choice: Sendable {
    let name: String
    let isChosen: Bool
  }

  private static let conditions: [(key: SearchDocument.CodingKeys, label: String, type: String)] = [
    (.claimNumber, "Claim number, or ours (CLM-…)", "text"), (.memberID, "Member number", "text"),
    (.provider, "Billing provider (NPI)", "text"), (.payerID, "Payer", "text"),
    (.receivedFrom, "Received from", "date"), (.receivedThrough, "through", "date"),
    (.serviceFrom, "Care from", "date"), (.serviceThrough, "through", "date"),
    (.chargeMin, "Charge at least", "text"), (.chargeMax, "at most", "text"),
    (.procedure, "Procedure or revenue code", "text"), (.reasonCode, "Reason (CO-97), remark (N130) or wait", "text"),
    (.run, "Check run", "text"),
  ]

  func add(to routes: PageRoutes) {
    routes.page("claims", for: .read) { visit in
      let status = visit.request.uri.queryParameters["status"].map(String.init)
      return try await view { $0 == .status ? status : nil }
    }
    routes.search("claims", for: .read) { form, _ in try await view { form[$0.rawValue] } }
  }

  /// The fields of a form for what claims have in common.
  ///
  /// - Parameter value: what was entered for a member of the search.
  static func fields(_ value: (SearchDocument.CodingKeys) -> String?) -> [Field] {
    conditions.map { Field(name: $0.key.rawValue, label: $0.label, value: value($0.key) ?? "", type: $0.type) }
  }

  /// - Parameter value: what the form has for a member of the search.
  private func view(_ value: (SearchDocument.CodingKeys) -> String?) async throws -> View {
    let statuses = ClaimStatus.allCases.map { Choice(name: $0.rawValue, isChosen: value(.status) == $0.rawValue) }
    let fields = Self.fields(value)
    if let id = value(.claimNumber).flatMap({ try? ClaimIntakeID(inPath: $0) }) {
      let row = try await app.store.read { try $0.claims([id])[id] }
      return View(
        fields: fields, statuses: statuses, claims: row.map { [ShownClaim($0)] } ?? [], count: row == nil ? "0" : "1",
        next: nil)
    }
    let search = SearchDocument(value)
    do {
      let (filter, cursor) = (try search.filter(), try search.cursor())
      let (page, found) = try await app.store.read { transaction in
        (
          try transaction.claims(matching: filter, after: cursor, limit: Self.pageSize),
          try transaction.count(matching: filter, upTo: Self.countLimit + 1)
        )
      }
      return View(
        fields: fields, statuses: statuses, claims: page.rows.map { ShownClaim($0.row) },
        count: found > Self.countLimit ? "\(Self.countLimit.grouped)+" : found.grouped, next: page.next?.text)
    } catch let problem as APIProblem {
      return View(
        alert: problem.detail, fields: fields, statuses: statuses, claims: [], count: "0", next: nil)
    }
  }
}
